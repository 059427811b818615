"""The history of a touchpoint reads like sentences, and asks no query per entry."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journeys.queries import history
from journeys.services import merging, touchpoints
from tests.journeys.touchpoints.conftest import NOW


@pytest.fixture
def told(world):
    def _told(touchpoint):
        with world.inside():
            return history.lines(touchpoint, list(history.entries(touchpoint)))

    return _told


def test_it_says_who_changed_what_from_what_to_what(make, edit, told, world):
    hotline = make(promise="Old")
    first = edit(hotline, by=world.lea, promise="New")
    edit(hotline, by=world.max, description="A person", is_moment_of_truth="yes")
    with world.inside():
        touchpoints.undo(entry=first.entry, by=world.ada, now=NOW)
    lines = told(hotline)
    assert [line.sentence for line in lines] == [
        "Ada Admin undid a change of the promise",
        "Max changed what the customer meets and whether it is a moment of truth",
        "Lea changed the promise",
        "Ada Admin made this touchpoint",
    ]
    (change,) = lines[2].changes
    assert (change.label, change.before, change.after) == ("Promise to the customer", "Old", "New")
    assert [line.can_be_undone for line in lines] == [True, True, True, False]


def test_what_happened_to_a_merged_one_is_part_of_it(make, edit, told, world):
    stays, goes = make("Hotline"), make("Call us")
    edit(goes, by=world.lea, promise="New")
    with world.inside():
        stays.refresh_from_db()
        merging.merge(stays=stays, goes=goes, versions=(1, 2), kept={}, by=world.ada, now=NOW)
        stays.refresh_from_db()
    by_sentence = {line.sentence: line for line in told(stays)}
    assert by_sentence["Lea changed the promise"].of == "Call us"
    assert not by_sentence["Lea changed the promise"].can_be_undone
    assert "Ada Admin merged “Call us” into this one" in by_sentence
    assert "Ada Admin merged it into “Hotline”" in by_sentence


def test_it_asks_as_many_queries_for_many_entries_as_for_few(make, edit, told):
    hotline = make()

    def queries():
        with CaptureQueriesContext(connection) as seen:
            told(hotline)
        return len(seen)

    few = queries()
    for number in range(30):
        edit(hotline, promise=f"Promise {number}")
    assert queries() == few
