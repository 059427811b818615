"""All that is expected stands in one list, the worst first, counted truly and narrowed by its filters."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from governance.models import Expectation
from governance.services import checking
from journeys.services import touchpoints
from tests.governance.expecting import Expecting
from tests.world import CANARY

URL = "/w/acme/expectations/"


@pytest.fixture
def listed(expected: Expecting, world):
    """Six of the visit: two failed, one passed, one passed too long ago, one was never posted, one was ended."""
    now = timezone.now()
    with world.inside():
        for name, outcome, days in (
            ("Zoo fails", "fail", 1),
            ("Alarm fails", "fail", 2),
            ("Chat passes", "pass", 0),
            ("Desk passed", "pass", 8),
            ("Post waits", "", 0),
            ("Old failed", "fail", 1),
        ):
            made = expected.posted()
            Expectation.objects.filter(pk=made.pk).update(sentence=name)
            if outcome:
                at = now - timedelta(days=days)
                checking.note(expectation=made, occasion=name, outcome=outcome, at=at, words=f"Found {name}")
        Expectation.objects.filter(sentence="Old failed").update(ended_at=now, ended_by=world.max)
        order = expected.order
        Expectation.objects.filter(sentence="Chat passes").update(touchpoint=order)
    return expected


def rows(listed, member, query=""):
    """The sentences of a CSV of the list, with their states."""
    text = b"".join(listed.get(f"expectations.csv?{query}", member).streaming_content).decode()
    return [(each["Expected"], each["State"]) for each in csv.DictReader(StringIO(text.lstrip("\ufeff")))]


def test_what_failed_stands_first_and_every_state_is_counted(listed, world):
    assert rows(listed, world.vi) == [
        ("Alarm fails", "Failed"),
        ("Zoo fails", "Failed"),
        ("Desk passed", "Not known"),
        ("Post waits", "Not known"),
        ("Chat passes", "Passed"),
    ]
    page = listed.get("expectations/", world.vi).content.decode()
    for state, count in (("fail", 2), ("unknown", 2), ("pass", 1)):
        assert f'<a href="{URL}?state={state}">{count}</a>' in page
    assert "The last result is 8 days old." in page
    assert CANARY not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=fail", ["Alarm fails", "Zoo fails"]),
        ("state=nonsense&q=FAILS", ["Alarm fails", "Zoo fails"]),
        ("q=order", ["Chat passes"]),
        ("kind=page", []),
        ("kind=posted&state=pass", ["Chat passes"]),
        ("department={sales}", ["Chat passes"]),
        ("department=none", []),
    ],
)
def test_filters_narrow_page_and_file(query, found, listed, world):
    asked = query.format(sales=listed.sales.pk)
    assert [name for name, _state in rows(listed, world.vi, asked)] == found
    page = listed.get(f"expectations/?{asked}", world.vi).content.decode()
    assert all(name in page for name in found)
    assert ("No expectation matches" in page) == (not found)


def test_it_asks_as_often_for_many_as_for_few(listed, world, sign_in):
    client = sign_in(world.vi)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(URL).status_code == 200
        return len(asked)

    few = queries()
    for _each in range(10):
        listed.posted()
    assert queries() <= few


def test_archived_touchpoints_and_other_companies_are_left_out(listed, world):
    with world.inside():
        visit = type(listed.visit).objects.get(pk=listed.visit.pk)
        touchpoints.archive(touchpoint=visit, version=visit.version, by=world.max, now=timezone.now())
    assert rows(listed, world.vi) == [("Chat passes", "Passed")]
    assert listed.get("expectations/", world.ann).status_code == 404
