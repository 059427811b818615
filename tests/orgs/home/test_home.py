"""Home shows each role what waits, most urgent first; somebody with several roles sees the union, each list once."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from insights.services import kpis, requests, trust
from journeys.services import touchpoints
from orgs.models import MemberRole
from orgs.panels import home
from orgs.roles import Role
from orgs.services import comments
from tests.days import local_today
from tests.insights.numbers import answers, new_kpi, told
from tests.world import CANARY, lay_out


def text_of(client, path="/w/acme/"):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def titles(text):
    return [part.split("</h2>")[0].split(">")[-1] for part in text.split('<h2 id="home-')[1:]]


@pytest.fixture
def busy(world):
    """Something to do for everybody: an offer, a number off target, a request for an update, a map with gaps."""
    with world.inside():
        kpi = new_kpi(world)
        told(kpi, {date(2018, 5, 7): answers(*[2] * 40)})
        kpis.set_target(kpi=kpi, value=4, valid_from=date(2018, 1, 1), by=world.ada)
        kpi.touchpoint.accountable_department, kpi.touchpoint.accountability = world.service, "accepted"
        kpi.touchpoint.save()
        offered, _ = touchpoints.find_or_create("Phone hotline", by=world.ada)
        touchpoints.offer(offered, world.service, by=world.ada, now=timezone.now())
        drawn = lay_out("A trip", [offered], world.max)
        step = drawn.stages.get().steps.get()
        step.pk, step.uid, step.name = None, uuid4(), "I wait"
        step.save()
        today = local_today()
        asked = {"due_on": today + timedelta(days=2), "by": world.eli, "now": timezone.now(), "today": today}
        requests.ask(about=kpi, note="How long?", **asked)
    return kpi


EXPECTED = {
    "lea": ["Offered to your department", "Updates asked of you", "Yours, off target"],
    "max": ["Owned by nobody", "Steps without touchpoints", "Maps without a sponsor"],
    "ivo": ["Begin here"],  # no feed yet
    "con": [],
    "eli": ["Off target and nobody acting", "Updates you asked for", "Owned by nobody", "Offers without an answer"],
    "vi": ["Journeys", "Touchpoints"],
}


@pytest.mark.parametrize("who", list(EXPECTED))
def test_each_role_sees_its_own_lists_most_urgent_first(world, busy, sign_in, who):
    assert [each for each in titles(text_of(sign_in(getattr(world, who)))) if "Nothing" not in each] == EXPECTED[who]


def test_with_nothing_to_do_home_is_calm_and_says_why(world, sign_in):
    text = text_of(sign_in(world.con))
    assert "Nothing waits for you" in text
    assert "Nobody asks anything of you." in text


def test_a_contributor_sees_the_one_question_asked(world, busy, sign_in):
    with world.inside():
        comments.write(about=busy.touchpoint, text=f"@{world.con} Is it true?", by=world.max, now=timezone.now())
    text = text_of(sign_in(world.con))
    assert titles(text)[0] == "Asked of you"
    assert "Max mentioned you on Check-in" in text


def test_an_owner_who_leads_nothing_is_asked_by_the_same_list(world, busy, sign_in):
    with world.inside():
        busy.refresh_from_db()
        trust.name_owner(kpi=busy, owner=world.con, by=world.ada)
        busy.refresh_from_db()
        today = local_today()
        requests.ask(about=busy, due_on=today, by=world.max, now=timezone.now(), today=today)
    text = text_of(sign_in(world.con))
    assert text.count("asks you for an update") == 1


def test_an_administrator_sees_open_invitations_and_members_without_a_role(world, sign_in):
    world.fill_acme()
    with world.inside():
        MemberRole.objects.filter(member=world.con).delete()
    text = text_of(sign_in(world.ada))
    assert "invited@" in text
    assert "Members without a role" in titles(text)
    assert "Con" in text_of(sign_in(world.ada), "/w/acme/people/?role=none")


def test_several_roles_see_the_union_without_duplicates(world, busy, sign_in):
    with world.inside():
        for role in (Role.EXECUTIVE, Role.MAP_EDITOR):
            MemberRole.objects.create(member=world.lea, role=role)
    found = titles(text_of(sign_in(world.lea)))
    assert len(found) == len(set(found))
    assert found[:3] == ["Offered to your department", "Updates asked of you", "Off target and nobody acting"]
    assert "asks you for an update" not in text_of(sign_in(world.lea))  # its own list shows it


@pytest.mark.parametrize("who", ["lea", "max", "eli", "vi"])
def test_every_list_leads_to_all_of_its_rows(world, busy, sign_in, who):
    client = sign_in(getattr(world, who))
    with world.inside():
        panels = {str(panel.title): panel for panel in home.panels_of(getattr(world, who))}
    context = client.get("/w/acme/").context
    for shown in [each for each in context["lists"] if each["key"] != "begin"]:
        assert str(shown["title"]) in panels
        whole = text_of(client, shown["all_url"])
        for row in shown["rows"]:
            assert row.text in whole


def test_at_most_five_rows_and_as_many_queries_for_many_as_for_few(world, busy, sign_in):
    client = sign_in(world.lea)
    few = _queries(client)
    with world.inside():
        for number in range(20):
            more, _ = touchpoints.find_or_create(f"Desk {number}", by=world.ada)
            touchpoints.offer(more, world.service, by=world.ada, now=timezone.now())
    text = text_of(client)
    assert "All 21" in text
    assert text.count("Offered to Service") == 5
    assert _queries(client) == few <= 26


def _queries(client):
    client.get("/w/acme/")  # the first request of a session notes that the person was here
    with CaptureQueriesContext(connection) as seen:
        client.get("/w/acme/")
    return len(seen)


def test_a_name_of_markup_stays_text(world, sign_in):
    with world.inside():
        odd, _ = touchpoints.find_or_create("<b>" + "é" * 190, by=world.ada)
    text = text_of(sign_in(world.vi))
    assert "&lt;b&gt;" in text
    assert "<b>é" not in text


def test_an_outsider_sees_nothing(world, busy, sign_in):
    assert sign_in(world.ann).get("/w/acme/").status_code == 404
    assert CANARY not in text_of(sign_in(world.eli))
