"""The page of people: searched, filtered, sorted and paged by its URL; addresses are for administrators."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from orgs.models import User
from orgs.roles import Role
from orgs.services import departments, members
from tests.world import CANARY

PEOPLE = "/w/acme/people/"


@pytest.fixture
def page(world, sign_in):
    def _page(query="", member=world.ada, **headers):
        answer = sign_in(member).get(PEOPLE + query, headers=headers)
        assert answer.status_code == 200
        return answer.content.decode()

    return _page


def names(text):
    rows = re.findall(r'<th scope="row"[^>]*>(.*?)</th>', text, re.S)
    return [re.sub(r'<span class="sub".*?</span>|<[^>]+>', "", row, flags=re.S).strip() for row in rows]


def add(world, name, role=Role.VIEWER, department=None):
    with world.inside():
        user = User.objects.create_user(f"{name.lower()}@more.test", name=name)
        return members.add(user=user, roles=[(role, department)], by=world.ada)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Ada Admin", "Con", "Eli", "Ivo", "Lea", "Max", "Vi"]),
        ("?q=LE", ["Lea"]),
        ("?q=vi@acme", ["Vi"]),
        ("?q=%25", []),
        ("?role=contributor", ["Con"]),
        ("?role=nonsense", ["Ada Admin", "Con", "Eli", "Ivo", "Lea", "Max", "Vi"]),
        ("?department=999999999", []),
        ("?state=left", []),
        ("?sort=-name", ["Vi", "Max", "Lea", "Ivo", "Eli", "Con", "Ada Admin"]),
        ("?sort=password", ["Ada Admin", "Con", "Eli", "Ivo", "Lea", "Max", "Vi"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_url_narrows_and_sorts(page, query, found):
    text = page(query)
    assert names(text) == found
    assert CANARY not in text


def test_a_department_finds_its_people_and_shows_a_chip(world, page):
    text = page(f"?department={world.service.pk}&sort=-name")
    assert names(text) == ["Lea", "Con"]
    assert "Department: Service" in text
    assert names(page(f"?department={world.service.pk}&role=department_lead")) == ["Lea"]


def test_a_foreign_department_finds_and_names_nothing(world, page):
    with world.inside_umbra():
        theirs = world.umbra_rows["department"].pk
    text = page(f"?department={theirs}")
    assert names(text) == []
    assert CANARY not in text


def test_those_who_left_are_found_by_their_state(world, page):
    with world.inside():
        members.remove(member=world.vi, handed={}, by=world.ada, now=timezone.now())
    assert "Vi" not in names(page())
    assert names(page("?state=left")) == ["Vi"]
    assert "Left on" in page("?state=left")
    assert "Vi" in names(page("?state=all"))


def test_only_administrators_see_addresses_and_ways_to_change(world, page):
    mine, theirs = page(), page(member=world.vi)
    assert "lea@acme.test" in mine
    assert f"{PEOPLE}{world.lea.pk}/" in mine
    assert names(theirs) == names(mine)
    assert "lea@acme.test" not in theirs
    assert f"{PEOPLE}{world.lea.pk}/" not in theirs
    assert "Last seen" not in theirs
    assert names(page("?q=lea@acme", member=world.vi)) == []
    assert names(page("?sort=-seen", member=world.vi)) == names(theirs)


def test_the_csv_follows_the_page_and_its_rights(world, sign_in):
    add(world, "=Evil")
    text = sign_in(world.ada).get("/w/acme/people.csv?sort=-name").content.decode()
    assert text.splitlines()[0].startswith("Name,Roles,Joined,Left,E-mail address,Last seen")
    assert text.splitlines()[1].startswith("Vi,Viewer,")
    assert "\n'=Evil," in text
    assert "@" not in sign_in(world.vi).get("/w/acme/people.csv").content.decode()


def test_when_somebody_was_last_here_is_kept(world, page):
    assert "Not yet" in page()
    page(member=world.vi)
    with world.inside():
        world.vi.refresh_from_db()
        assert (timezone.now() - world.vi.last_seen_at).total_seconds() < 60


def test_many_rows_ask_as_many_queries_as_few(world, page):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            page()
        return sum(query["sql"].startswith("SELECT") for query in seen)

    page()
    few = queries()
    for number in range(60):
        with world.inside():
            department, _ = departments.find_or_create(f"Department {number}", by=world.ada)
        add(world, f"Person{number}", Role.CONTRIBUTOR, department)
    assert queries() == few <= 15
    assert "1–25 of 67" in page()
    assert len(names(page("?page=3"))) == 17


def test_htmx_gets_the_list_alone(page):
    part = page(**{"HX-Request": "true"})
    assert part.strip().startswith('<div id="people"')
    assert "Nobody matches" in page("?q=zzz")
