"""Suggestions stand on Home of who decides them: the steward, the lead; where there is neither, who edits maps."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from journeys.models import Suggestion, Touchpoint
from journeys.queries import offers, suggestions
from journeys.services import suggestions as service
from journeys.services import touchpoints
from tests.world import CANARY


def made(world, name, department=None, steward=None):
    """A touchpoint with a suggestion of Con's."""
    with world.inside():
        touchpoint, _ = touchpoints.find_or_create(name, by=world.ada)
        state = "accepted" if department else "none"
        Touchpoint.objects.filter(pk=touchpoint.pk).update(
            accountable_department=department, accountability=state, steward=steward
        )
        touchpoint.refresh_from_db()
        suggest(world, touchpoint, "promise")
    return touchpoint


def suggest(world, touchpoint, field, text="Within the hour"):
    return service.suggest(touchpoint=touchpoint, field=field, raw=text, by=world.con, now=timezone.now())


def shown(client):
    lists = client.get("/w/acme/").context["lists"]
    return next(([row.text for row in each["rows"]] for each in lists if each["key"] == "suggestions"), [])


@pytest.fixture
def three(world):
    return {
        "led": made(world, "Phone hotline", department=world.service),
        "kept": made(world, "Letter", steward=world.vi),
        "nobody's": made(world, "Kiosk"),
    }


@pytest.mark.parametrize(
    ("who", "names"), [("lea", ["Phone hotline"]), ("max", ["Kiosk"]), ("ada", ["Kiosk"]), ("con", []), ("eli", [])]
)
def test_they_wait_where_they_are_decided(world, three, sign_in, who, names):
    client = sign_in(getattr(world, who))
    assert shown(client) == names
    text = client.get("/w/acme/").content.decode()
    assert ("Con on “Promise to the customer”: Within the hour" in text) == bool(names)
    assert "suggested a change" not in text  # the same in "Asked of you" would be twice


def test_the_condition_says_the_same_as_who_is_told(world, three):
    with world.inside():
        for touchpoint in Touchpoint.objects.all():
            told = set(offers.keepers_of(touchpoint))
            found = {
                member.pk
                for member in world.cast.values()
                if Touchpoint.objects.filter(suggestions.kept_by(member.pk), pk=touchpoint.pk).exists()
            }
            assert found == told


def test_all_of_them_stand_behind_the_list(world, three, sign_in):
    client = sign_in(world.lea)
    shown_list = next(each for each in client.get("/w/acme/").context["lists"] if each["key"] == "suggestions")
    text = client.get(shown_list["all_url"]).content.decode()
    assert "Phone hotline" in text
    assert "Kiosk" not in text
    everybodys = client.get("/w/acme/touchpoints/?suggested=yes").content.decode()
    assert "Phone hotline" in everybodys
    assert "Kiosk" in everybodys


def test_several_of_one_touchpoint_are_one_line(world, three, sign_in):
    with world.inside():
        suggest(world, three["led"], "description", "A number on every ticket")
    text = sign_in(world.lea).get("/w/acme/").content.decode()
    assert "2 suggestions" in text
    assert f"/touchpoints/{three['led'].pk}/#suggestions" in text


def test_what_is_decided_or_archived_waits_for_nobody(world, three, sign_in):
    with world.inside():
        one = Suggestion.objects.get(touchpoint=three["led"])
        service.decline(suggestion=one, reason="No", by=world.lea, now=timezone.now())
        Touchpoint.objects.filter(pk=three["nobody's"].pk).update(archived_at=timezone.now())
    assert shown(sign_in(world.lea)) == shown(sign_in(world.max)) == []


@pytest.mark.parametrize("asked", ["x", "-1", "9" * 30, "0"])
def test_a_filter_that_means_nobody_is_not_an_error(world, three, sign_in, asked):
    assert sign_in(world.lea).get(f"/w/acme/touchpoints/?suggested={asked}").status_code == 200


def test_many_cost_as_many_queries_as_few(world, three, sign_in):
    client = sign_in(world.lea)
    shown(client)
    few = _queries(client)
    for number in range(12):
        made(world, f"Desk {number}", department=world.service)
    assert _queries(client) == few
    assert len(shown(client)) == 5


def _queries(client):
    with CaptureQueriesContext(connection) as seen:
        client.get("/w/acme/")
    return len(seen)


def test_an_outsider_sees_nothing(world, three, sign_in):
    assert sign_in(world.ann).get("/w/acme/").status_code == 404
    assert CANARY not in sign_in(world.lea).get("/w/acme/").content.decode()
