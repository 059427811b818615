"""Saving one field of a touchpoint: versioned, told in history, once however often it is sent."""

import pytest

from journeys.fields import FIELDS
from journeys.models import Touchpoint
from tests.journeys.touchpoint_page.conftest import HTMX, path, signed_in, version_in


def texts(world, touchpoint):
    with world.inside():
        return Touchpoint.objects.get(pk=touchpoint.pk)


def test_a_save_answers_with_the_field_and_says_when(make, entries, save, world):
    row = make()
    answer = save(world.max, row, "promise", "We call back.", 1)
    words = answer.content.decode()
    assert (answer.status_code, version_in(words)) == (200, 2)
    assert "We call back." in words
    assert "Saved " in words
    assert [entry.actor_id for entry in entries(row)][1:] == [world.max.pk]


def test_the_same_save_again_is_one_entry_and_no_conflict(make, edit, entries, save, world):
    row = make()
    assert save(world.max, row, "promise", "One", 1, token="token-of-max").status_code == 200
    assert version_in(save(world.max, row, "promise", "One", 1, token="token-of-max").content.decode()) == 2
    edit(row, by=world.ada, promise="Two")
    late = save(world.max, row, "promise", "One", 1, token="token-of-max")
    assert late.status_code == 200
    assert "changed by somebody else since then" in late.content.decode()
    # From the version it goes on with, the next save must meet the newer text.
    assert save(world.max, row, "promise", "Three", version_in(late.content.decode())).status_code == 409
    assert texts(world, row).promise == "Two"
    assert len(entries(row)) == 3


def test_the_token_of_one_person_means_nothing_for_another(make, entries, save, world):
    row = make()
    save(world.max, row, "promise", "One", 1, token="same-token")
    assert save(world.ada, row, "promise", "Two", 2, token="same-token").status_code == 200
    assert texts(world, row).promise == "Two"


def test_different_fields_merge_and_the_same_field_shows_both_texts(make, save, world):
    row = make()
    assert save(world.max, row, "promise", "Mine", 1).status_code == 200
    assert save(world.ada, row, "description", "A person answers", 1).status_code == 200
    answer = save(world.ada, row, "promise", "Hers", 1)
    words = answer.content.decode()
    assert answer.status_code == 409
    for said in ("Max changed this meanwhile", "Hers", "Mine", "Keep mine", "Keep theirs", "Edit both together"):
        assert said in words, said
    assert texts(world, row).promise == "Mine"
    assert save(world.ada, row, "promise", "Hers", version_in(words)).status_code == 200
    assert texts(world, row).promise == "Hers"


@pytest.mark.parametrize("key", list(FIELDS))
def test_every_field_opens_and_saves_what_it_holds_without_a_change(make, entries, world, key):
    row = make()
    client = signed_in(world.max)
    form = client.get(path(row, f"fields/{key}/"), headers=HTMX)
    assert form.status_code == 200
    assert "data-autosave" in form.content.decode()
    held = {"name": "Hotline", "is_moment_of_truth": "no"}
    with world.inside():
        held["channel"] = str(Touchpoint.objects.get(pk=row.pk).channel_id)
    values = [] if key == "systems" else held.get(key, "")
    answer = client.post(path(row, f"fields/{key}/"), {"value": values, "version": 1}, headers=HTMX)
    assert answer.status_code == 200
    assert len(entries(row)) == 1


def test_without_scripts_a_field_is_a_page_with_a_form(make, save, world):
    row = make()
    page = signed_in(world.max).get(path(row, "fields/promise/")).content.decode()
    assert "<title>" in page
    answer = save(world.max, row, "promise", "New", 1, headers={})
    assert answer["Location"] == f"{path(row)}#touchpoint-{row.pk}-promise"
    clash = save(world.ada, row, "promise", "Other", 1, headers={})
    assert (clash.status_code, "<title>" in clash.content.decode()) == (409, True)
    assert "Other" in clash.content.decode()


def test_not_allowed(make, save, world):
    own, other = make("Own", department=world.service), make("Other")
    assert save(world.lea, own, "promise", "New", 1).status_code == 200
    assert save(world.lea, other, "promise", "New", 1).status_code == 403
    assert save(world.vi, own, "promise", "New", 2).status_code == 403
    assert signed_in(world.vi).get(path(own, "fields/promise/")).status_code == 403
    assert texts(world, other).promise == ""


def test_an_outsider_meets_nothing(make, save, world):
    assert save(world.ann, make(), "promise", "New", 1).status_code == 404


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("name", "", "This cannot be empty."),
        ("name", "x" * 201, "Use at most 200 characters"),
        ("importance_to_customer", "9", "from 1 to 5"),
        ("design_status_since", "soon", "year-month-day"),
        ("channel", "999999", "Choose one from the list."),
        ("promise", "x" * 5001, "Use at most 5000 characters"),
    ],
    ids=["no-name", "long-name", "scale", "day", "record", "long-text"],
)
def test_bad_input_is_explained_and_stays_in_the_form(make, save, world, key, value, said):
    answer = save(world.max, make(), key, value, 1)
    words = answer.content.decode()
    assert (answer.status_code, said in words) == (422, True)
    if key in {"name", "promise"}:
        assert value in words


def test_a_taken_name_an_archived_one_and_an_unknown_field(make, save, world):
    row = make("Hotline")
    make("Counter")
    assert "of this name in this channel already" in save(world.max, row, "name", "Counter", 1).content.decode()
    with world.inside():
        Touchpoint.objects.filter(pk=row.pk).update(archived_at="2026-01-01T00:00Z")
    refused = save(world.max, row, "promise", "My text", 1)
    assert (refused.status_code, "Restore it first" in refused.content.decode()) == (422, True)
    assert "My text" in refused.content.decode()
    assert save(world.max, row, "nonsense", "x", 1).status_code == 404


@pytest.mark.parametrize("version", ["", "-1", "x", "99999999999", "7"])
def test_a_version_that_was_never_seen_saves_nothing(make, save, world, version):
    row = make(promise="Old")
    assert save(world.max, row, "promise", "New", version).status_code == 409
    assert texts(world, row).promise == "Old"
