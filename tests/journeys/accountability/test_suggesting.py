"""Suggesting a change of a field, deciding on it, and stewards, who edit the one record they keep."""

import pytest

from journeys.models import Suggestion, Touchpoint
from journeys.services import suggestions, touchpoints
from tests.journeys.accountability.conftest import NOW


@pytest.fixture
def kept(desk):
    return desk.owned(promise="Soon")


@pytest.fixture
def suggest(world, kept):
    def _suggest(by=None, field="promise", raw="At once", note="Customers ask"):
        given = {"field": field, "raw": raw, "note": note}
        with world.inside():
            return suggestions.suggest(touchpoint=kept, by=by or world.con, now=NOW, **given)

    return _suggest


def test_a_colleague_suggests_and_the_lead_accepts(desk, world, kept):
    path = f"touchpoints/{kept.pk}/suggestions/"
    assert 'value="promise"' in desk.get(path, world.con).content.decode()
    assert "Soon" in desk.get(path + "?field=promise", world.con).content.decode()
    answer = desk.post(path, world.con, field="promise", promise="At once", note="Customers ask")
    assert answer.status_code == 302
    assert desk.told(world.lea, "suggestion.made") == [("suggestion.made", False)]
    with world.inside():
        made = Suggestion.objects.get()
    page = desk.get(f"suggestions/{made.pk}/", world.lea).content.decode()
    assert "Soon" in page
    assert "At once" in page
    assert "Customers ask" in page
    version = desk.again(kept).version
    assert desk.post(f"suggestions/{made.pk}/acceptance/", world.lea, version=version).status_code == 302
    assert desk.again(kept).promise == "At once"
    assert desk.told(world.con, "suggestion.accepted") == [("suggestion.accepted", False)]
    assert desk.told(world.lea, "suggestion.made") == [("suggestion.made", True)]
    ends = [("touchpoint.edit", "Lea"), ("touchpoint.accept_suggestion", "Lea")]
    assert desk.actions(kept)[-2:] == ends


def test_declining_says_why_and_changes_nothing(desk, world, kept, suggest):
    made = suggest()
    assert desk.post(f"suggestions/{made.pk}/refusal/", world.lea, reason="").status_code == 422
    assert desk.post(f"suggestions/{made.pk}/refusal/", world.lea, reason="Too dear").status_code == 302
    assert desk.again(kept).promise == "Soon"
    assert "Too dear" in desk.get("inbox/", world.con).content.decode()
    answer = desk.post(f"suggestions/{made.pk}/acceptance/", world.lea, version=desk.again(kept).version)
    assert answer.status_code == 409
    assert "declined by Lea" in answer.content.decode()
    assert desk.again(kept).promise == "Soon"


def test_who_may_not(desk, world, kept, suggest):
    path = f"touchpoints/{kept.pk}/suggestions/"
    for member in (world.vi, world.lea, world.max, world.ada):  # a viewer reads; who may edit edits
        assert desk.get(path, member).status_code == 403, member
    made = suggest()
    for member in (world.con, world.vi, world.ivo, world.eli):
        assert desk.post(f"suggestions/{made.pk}/acceptance/", member, version=9).status_code == 403, member
    assert desk.post(f"suggestions/{made.pk}/withdrawal/", world.ivo).status_code == 403
    assert desk.get(f"suggestions/{made.pk}/", world.ann).status_code == 404
    assert desk.post(f"suggestions/{made.pk}/withdrawal/", world.con).status_code == 302


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"field": "promise", "promise": "Soon"}, "This is what stands there already"),
        ({"field": "importance_to_customer", "importance_to_customer": "9"}, "Give a number from 1 to 5"),
        ({"field": "nonsense"}, "What should change"),
    ],
    ids=["same", "bad", "unknown"],
)
def test_bad_suggestions_are_explained(desk, world, kept, data, words):
    answer = desk.post(f"touchpoints/{kept.pk}/suggestions/", world.con, note="Kept words", **data)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert data["field"] == "nonsense" or "Kept words" in answer.content.decode()
    with world.inside():
        assert not Suggestion.objects.exists()


def test_a_field_that_changed_since_shows_all_texts_and_loses_none(desk, world, kept, suggest):
    made = suggest()
    seen = desk.again(kept).version
    with world.inside():
        touchpoints.edit(touchpoint=kept, version=seen, changes={"promise": "Tomorrow"}, by=world.max, now=NOW)
    page = desk.get(f"suggestions/{made.pk}/", world.lea).content.decode()
    assert all(text in page for text in ("Soon", "Tomorrow", "At once", "changed since this was suggested"))
    answer = desk.post(f"suggestions/{made.pk}/acceptance/", world.lea, version=seen)
    assert answer.status_code == 409
    assert "changed since you opened" in answer.content.decode()
    assert desk.again(kept).promise == "Tomorrow"
    desk.post(f"suggestions/{made.pk}/acceptance/", world.lea, version=desk.again(kept).version)
    assert desk.again(kept).promise == "At once"


def test_a_second_one_of_the_same_person_replaces_the_first(desk, world, suggest):
    first, second = suggest(raw="At once"), suggest(raw="Within a day")
    other = suggest(by=world.ivo, raw="Never")
    with world.inside():
        states = {each.pk: each.state for each in Suggestion.objects.all()}
    assert states == {first.pk: "withdrawn", second.pk: "open", other.pk: "open"}


def test_a_steward_edits_that_record_alone_and_hears_of_suggestions(desk, world, kept, suggest):
    other = desk.make("Another")
    with world.inside():
        Touchpoint.objects.filter(pk=kept.pk).update(steward=world.ivo)
    made = suggest()
    assert desk.told(world.ivo, "suggestion.made") == [("suggestion.made", False)]
    assert desk.get(f"touchpoints/{other.pk}/archive/", world.ivo).status_code == 403
    assert desk.get("touchpoints/new/", world.ivo).status_code == 403
    answer = desk.post(f"suggestions/{made.pk}/acceptance/", world.ivo, version=desk.again(kept).version)
    assert answer.status_code == 302
    assert desk.again(kept).promise == "At once"


def test_without_owner_and_steward_the_editors_of_maps_hear(desk, world):
    made = desk.make("Nobody's")
    with world.inside():
        suggestions.suggest(touchpoint=made, field="promise", raw="Soon", by=world.con, now=NOW)
    assert desk.told(world.max, "suggestion.made") == [("suggestion.made", False)]


def test_the_page_offers_suggesting_to_those_alone_who_cannot_edit(desk, world, kept, suggest):
    path = f"touchpoints/{kept.pk}/"
    assert "Suggest a change" in desk.get(path, world.con).content.decode()
    assert "Suggest a change" not in desk.get(path, world.lea).content.decode()
    assert "Suggest a change" not in desk.get(path, world.vi).content.decode()
    suggest()
    assert "At once" in desk.get(path, world.vi).content.decode()
