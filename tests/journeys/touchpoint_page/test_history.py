"""The history on the page of a touchpoint: paged, filtered by person and field, undone entry by entry."""

from datetime import timedelta, timezone

from journeys.models import Touchpoint
from orgs.models import Workspace
from tests.journeys.touchpoint_page.conftest import HTMX, path, signed_in


def shown(member, touchpoint, **asked):
    return signed_in(member).get(path(touchpoint, "history/"), asked, headers=HTMX).content.decode()


def undo(member, touchpoint, entry):
    return signed_in(member).post(path(touchpoint, f"history/{entry.pk}/undo/"), follow=True)


def promise(world, touchpoint):
    with world.inside():
        return Touchpoint.objects.get(pk=touchpoint.pk).promise


def test_it_pages_and_filters_by_person_and_field(make, edit, world):
    row = make()
    for number in range(25):
        edit(row, by=world.max, promise=f"Promise {number}")
    edit(row, by=world.ada, description="A person answers")
    assert "1–20 of 27" in shown(world.vi, row)
    assert "21–27 of 27" in shown(world.vi, row, page=2)
    assert "1–1 of 1" in shown(world.vi, row, field="description")
    assert "1–20 of 25" in shown(world.vi, row, who=str(world.max.pk))
    assert "Nothing like this has happened" in shown(world.vi, row, who=str(world.max.pk), field="description")
    assert "1–20 of 27" in shown(world.vi, row, who="nobody", field="nonsense")
    assert shown(world.vi, row, part="yes").count("history-line") == 5


def test_an_edit_is_undone_and_the_undo_is_told(make, edit, world):
    row = make(promise="Old")
    entry = edit(row, by=world.max, promise="New").entry
    assert "It is as it was before." in undo(world.ada, row, entry).content.decode()
    assert promise(world, row) == "Old"
    assert "Ada Admin undid a change of the promise" in shown(world.vi, row)


def test_an_undo_of_what_changed_since_shows_both_texts(make, edit, world):
    row = make(promise="Old")
    entry = edit(row, by=world.max, promise="New").entry
    edit(row, by=world.ada, promise="Newest")
    answer = undo(world.max, row, entry)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert all(each in text for each in ("Old", "Newest", "Keep mine"))
    assert promise(world, row) == "Newest"


def test_what_is_no_edit_is_explained(make, entries, world):
    row = make()
    answer = undo(world.max, row, entries(row)[0])
    assert (answer.status_code, "Only an edit of fields can be undone." in answer.content.decode()) == (409, True)


def test_not_allowed_and_not_there(make, edit, world):
    row, other = make("One", department=world.service), make("Two")
    entry = edit(other, promise="New").entry
    assert undo(world.vi, other, entry).status_code == 403
    assert undo(world.lea, other, entry).status_code == 403
    assert undo(world.lea, row, entry).status_code == 404
    assert undo(world.ann, other, entry).status_code == 404


def test_many_fields_are_counted_and_days_are_words(make, edit, world):
    row = make()
    edit(
        row,
        by=world.max,
        promise="A",
        description="B",
        place="on",
        automation="human",
        design_status_since="2024-03-01",
    )
    said = shown(world.vi, row)
    assert "Max changed what the customer meets, the promise and 3 more" in said
    assert "1 Mar 2024" in said


def test_times_are_those_of_the_workspace(make, edit, world):
    row = make()
    entry = edit(row, by=world.max, promise="New").entry
    with world.inside():
        Workspace.objects.filter(pk=world.acme.pk).update(zone="Asia/Tokyo")
    there = entry.at.astimezone(timezone(timedelta(hours=9)))  # Tokyo has no summer time
    assert f"{there.day} {there:%b %Y, %H:%M}" in shown(world.vi, row)
