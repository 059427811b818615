"""The touchpoint list: searched, filtered, sorted and paged by its URL, with queries that do not grow with its rows."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from journeys.models import Touchpoint
from journeys.services import channels, touchpoints
from orgs.services import departments
from tests.planting import measured
from tests.world import CANARY

LIST = "/w/acme/touchpoints/"


@pytest.fixture
def page(world, sign_in):
    client = sign_in(world.vi)

    def _page(query="", **headers):
        answer = client.get(LIST + query, headers=headers)
        assert answer.status_code == 200
        return answer.content.decode()

    return _page


def names(text):
    return re.findall(r'<th scope="row"[^>]*><a [^>]*>([^<]*)</a>', text)


def make(world, name, channel="", department="", **fields):
    with world.inside():
        where = channels.find_or_create(channel, by=world.ada)[0] if channel else None
        touchpoint, _ = touchpoints.find_or_create(name, channel=where, by=world.ada)
        if department:
            owner, _ = departments.find_or_create(department, by=world.ada)
            touchpoints.offer(touchpoint, owner, by=world.ada, now=timezone.now())
        Touchpoint.objects.filter(pk=touchpoint.pk).update(**fields) if fields else None
        return touchpoint


@pytest.fixture
def four(world):
    make(world, "Check-in", "Counter", "Service")
    make(world, "Booking", "Web", promise="Never more than three clicks")
    make(world, "Complaint", "Phone", "Sales", accountability="accepted")
    make(world, "Archived", archived_at=timezone.now())
    return world


def test_lists_the_current_ones_by_name(four, page):
    text = page()
    assert names(text) == ["Booking", "Check-in", "Complaint"]
    assert CANARY not in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=check", ["Check-in"]),
        ("?q=three+clicks", ["Booking"]),
        ("?q=%25", []),
        ("?q=_", []),
        ("?owner=offered", ["Check-in"]),
        ("?owner=accepted", ["Complaint"]),
        ("?owner=none", ["Booking"]),
        ("?owner=nonsense", ["Booking", "Check-in", "Complaint"]),
        ("?channel=abc", ["Booking", "Check-in", "Complaint"]),
        ("?channel=999999999", []),
        ("?q=check&owner=accepted", []),
        ("?sort=-name", ["Complaint", "Check-in", "Booking"]),
        ("?sort=channel", ["Check-in", "Complaint", "Booking"]),
        ("?sort=password", ["Booking", "Check-in", "Complaint"]),
    ],
)
def test_the_url_narrows_and_sorts(four, page, query, found):
    assert names(page(query)) == found


def test_a_filter_by_channel_or_department_shows_a_chip_to_remove_it(four, page):
    with four.inside():
        phone = channels.find_or_create("Phone", by=four.ada)[0]
    text = page(f"?channel={phone.pk}&sort=-name")
    assert names(text) == ["Complaint"]
    assert "Channel: Phone" in text
    assert 'href="?sort=-name"' in text
    assert names(page(f"?department={four.service.pk}")) == ["Check-in"]


def test_a_foreign_channel_finds_and_names_nothing(four, page):
    with four.inside_umbra():
        theirs = four.umbra_rows["touchpoint"].channel_id
    text = page(f"?channel={theirs}")
    assert names(text) == []
    assert CANARY not in text


def test_pages_keep_the_filters_and_end_where_the_list_ends(world, page):
    for number in range(30):
        make(world, f"Step {number:02}")
    first, second = page("?q=step&sort=-name"), page("?q=step&sort=-name&page=2")
    assert len(names(first)) == 25
    assert names(first)[0] == "Step 29"
    assert len(names(second)) == 5
    assert "q=step&amp;sort=-name&amp;page=2" in first
    assert names(page("?page=99")) == names(page("?page=2"))
    assert names(page("?page=-1")) == names(page())


def test_nothing_yet_and_nothing_found_say_different_things(world, page):
    assert "No touchpoints yet" in page()
    assert "Who edits maps or leads a department writes them down." in page()  # Vi herself cannot
    make(world, "Check-in")
    assert "No touchpoint matches" in page("?q=zzz")


def test_htmx_gets_the_list_alone(four, page, sign_in):
    whole, part = page(), page(**{"HX-Request": "true"})
    assert names(part) == names(whole)
    assert part.strip().startswith('<div id="touchpoints"')
    assert len(part) < len(whole) / 2
    answer = sign_in(four.vi).get(LIST)
    assert "HX-Request" in answer["Vary"]
    for header in ("HX-Boosted", "HX-History-Restore-Request"):
        assert "<html" in page(**{"HX-Request": "true", header: "true"})


@pytest.mark.parametrize("with_kpis", [False, True])
def test_five_rows_ask_as_many_queries_as_sixty(world, page, with_kpis):
    def add(numbers):
        for number in numbers:
            touchpoint = make(world, f"Step {number:02}", f"Channel {number}", f"Department {number}")
            if with_kpis:
                with world.inside():
                    measured(touchpoint, by=world.ada, source_name=f"Survey {number}")

    def queries():
        with CaptureQueriesContext(connection) as seen:
            page()
        return sum(query["sql"].startswith("SELECT") for query in seen)

    add(range(5))
    few = queries()
    add(range(5, 60))
    assert queries() == few <= 17  # five of them fill the filters


@pytest.mark.parametrize("query", ["", "?q=step", "?sort=-channel", "?owner=unowned"])
def test_ten_touchpoints_ask_as_many_queries_as_a_thousand(world, page, query):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            page(query)
        return sum(each["sql"].startswith("SELECT") for each in seen)

    def add(numbers):
        with world.inside():
            Touchpoint.objects.bulk_create(Touchpoint(name=f"Step {number:04}") for number in numbers)

    add(range(10))
    few = queries()
    add(range(10, 1_000))
    assert "1,000" in page(query)
    assert queries() == few
