"""An edit changes the fields it names: merged with other people's edits, or refused with both texts."""

from datetime import date

import pytest

from journeys.fields import EVERY, FIELDS
from journeys.models import System, Touchpoint
from journeys.services import touchpoints
from journeys.services.changes import BadValues
from orgs.models import Department
from tests.journeys.touchpoints.conftest import NOW


def test_an_edit_is_kept_with_before_and_after(make, edit, entries, world):
    hotline = make(promise="We answer")
    edited = edit(hotline, promise="We answer in a minute", importance_to_customer="5")
    assert edited.touchpoint.version == 2
    entry = entries(hotline)[-1]
    assert (entry.action, entry.actor, entry) == ("touchpoint.edit", world.ada, edited.entry)
    assert entry.before == {"promise": "We answer", "importance_to_customer": None}
    assert entry.after == {"promise": "We answer in a minute", "importance_to_customer": 5}


def test_every_field_can_be_changed_and_undone(make, edit, world):
    with world.inside():
        system = System.objects.create(name="CRM")
        other = Department.objects.create(name="Sales")
    values = {
        "name": "Call us",
        "description": "A person",
        "promise": "Now",
        "channel": "",
        "systems": [str(system.pk)],
    }
    values |= {
        "steward": str(world.lea.pk),
        "teams_note": "Ask Bo",
        "partner_name": "Bo Ltd",
        "performed_by": "partner",
    }
    values |= dict.fromkeys(("designed_by", "built_by", "tested_by", "run_by"), str(other.pk))
    values |= {"automation": "human", "place": "off", "design_status": "live", "design_status_since": "2026-01-02"}
    values |= {"is_moment_of_truth": "yes", "importance_to_customer": "4", "importance_to_company": "1"}
    values |= {"budget_line": "CC 4711", "funding": "asked"}
    assert set(values) == set(FIELDS)
    hotline = make()
    with world.inside():
        was = {field.key: field.value_of(hotline) for field in EVERY}
    edited = edit(hotline, **values)
    with world.inside():
        kept = Touchpoint.objects.get(pk=hotline.pk)
        for key, raw in values.items():
            assert FIELDS[key].value_of(kept) == FIELDS[key].clean(raw), key
        touchpoints.undo(entry=edited.entry, by=world.ada, now=NOW)
        kept = Touchpoint.objects.get(pk=hotline.pk)
        assert {field.key: field.value_of(kept) for field in EVERY} == was


def test_edits_of_different_fields_from_an_old_version_both_hold(make, edit):
    hotline = make()
    edit(hotline, version=1, promise="We answer")
    edited = edit(hotline, version=1, description="A person")
    assert (edited.touchpoint.promise, edited.touchpoint.description) == ("We answer", "A person")
    assert edited.touchpoint.version == 3


def test_a_stale_edit_of_the_same_field_is_refused_with_both_texts(make, edit, entries):
    hotline = make()
    edit(hotline, version=1, promise="Theirs")
    with pytest.raises(touchpoints.StaleVersion) as refused:
        edit(hotline, version=1, promise="Mine", description="A person")
    (conflict,) = refused.value.conflicts
    assert (conflict.field.key, conflict.before, conflict.after) == ("promise", "Theirs", "Mine")
    assert refused.value.touchpoint.version == 2
    assert [entry.action for entry in entries(hotline)] == ["touchpoint.create", "touchpoint.edit"]


def test_the_same_words_twice_are_one_edit_and_no_conflict(make, edit, entries):
    hotline = make()
    edit(hotline, version=1, promise="We answer")
    again = edit(hotline, version=1, promise="  We answer\r\n")
    assert again.entry is None
    assert again.touchpoint.version == 2
    assert len(entries(hotline)) == 2


def test_a_version_yet_to_come_was_never_seen(make, edit):
    with pytest.raises(touchpoints.StaleVersion):
        edit(make(), version=7, promise="We answer")


def test_a_new_design_status_holds_since_today_unless_a_day_is_given(make, edit):
    hotline = make()
    assert edit(hotline, design_status="built").touchpoint.design_status_since == date(2026, 3, 31)
    known = edit(hotline, design_status="live", design_status_since="2026-02-01").touchpoint
    assert known.design_status_since == date(2026, 2, 1)


@pytest.mark.parametrize(
    ("key", "raw", "said"),
    [
        ("name", " ", "cannot be empty"),
        ("name", "x" * 201, "at most 200"),
        ("importance_to_customer", "6", "from 1 to 5"),
        ("design_status", "great", "Choose one of: Designed"),
        ("design_status_since", "31.3.2026", "year-month-day"),
        ("is_moment_of_truth", "perhaps", "yes or no"),
        ("channel", "999999", "from the list"),
        ("channel", "Phone", "from the list"),
        ("systems", ["1", "no"], "from the list"),
        ("workspace", "1", "no field"),
    ],
)
def test_bad_input_is_explained_and_changes_nothing(make, edit, entries, key, raw, said):
    hotline = make()
    with pytest.raises(BadValues) as refused:
        edit(hotline, **{key: raw, "promise": "Kept out"})
    assert said in refused.value.problems[key]
    assert len(entries(hotline)) == 1


def test_a_foreign_record_and_one_out_of_use_cannot_be_chosen(make, edit, world):
    hotline = make()
    with world.inside_umbra():
        theirs = world.umbra_rows["touchpoint"].channel_id
    with pytest.raises(BadValues):
        edit(hotline, channel=str(theirs))
    with world.inside():
        world.con.left_at = NOW
        world.con.save()
    with pytest.raises(BadValues) as refused:
        edit(hotline, steward=str(world.con.pk))
    assert "can no longer be chosen" in refused.value.problems["steward"]


def test_a_name_in_use_in_the_channel_is_refused(make, edit):
    make("Hotline")
    other = make("Call us")
    with pytest.raises(touchpoints.NameIsTaken) as refused:
        edit(other, name="HOTLINE")
    assert refused.value.other.name == "Hotline"


class TestUndo:
    def test_it_is_an_edit_of_its_own_that_can_be_undone_too(self, make, edit, entries, world):
        hotline = make(promise="Old")
        first = edit(hotline, promise="New")
        with world.inside():
            back = touchpoints.undo(entry=first.entry, by=world.max, now=NOW)
            assert back.touchpoint.promise == "Old"
            touchpoints.undo(entry=back.entry, by=world.max, now=NOW)
        assert [e.action for e in entries(hotline)][1:] == ["touchpoint.edit", "touchpoint.undo", "touchpoint.undo"]

    def test_it_is_refused_with_both_texts_when_the_field_changed_since(self, make, edit, world):
        hotline = make(promise="Old")
        first = edit(hotline, promise="New")
        edit(hotline, promise="Newer")
        with world.inside(), pytest.raises(touchpoints.StaleVersion) as refused:
            touchpoints.undo(entry=first.entry, by=world.ada, now=NOW)
        (conflict,) = refused.value.conflicts
        assert (conflict.before, conflict.after) == ("Newer", "Old")

    def test_a_change_of_another_field_since_stays(self, make, edit, world):
        hotline = make(promise="Old")
        first = edit(hotline, promise="New")
        edit(hotline, description="A person")
        with world.inside():
            back = touchpoints.undo(entry=first.entry, by=world.ada, now=NOW).touchpoint
        assert (back.promise, back.description) == ("Old", "A person")

    def test_only_edits_can_be_undone(self, make, entries, world):
        with world.inside(), pytest.raises(touchpoints.NotUndoable):
            touchpoints.undo(entry=entries(make())[0], by=world.ada, now=NOW)
