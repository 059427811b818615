"""Beginning a journey by hand: its map, its first stages over the phases, its owner and sponsor."""

import pytest
from django.urls import reverse

from journeys.models import Journey, Map, Step
from orgs.models import AuditEntry


@pytest.fixture
def new(world):
    return reverse("journey_new", args=["acme"])


def test_it_makes_the_journey_its_map_and_stages_with_a_first_step(world, sign_in, new):
    told = {"title": "  A  trip ", "stages": "Find out\n\nBuy \n Use", "sponsor": world.eli.pk, "owner": world.max.pk}
    reply = sign_in(world.max).post(new, {**told, "scenario": "Two days off."})
    with world.inside():
        drawn = Map.objects.select_related("journey").get()
        assert reply["Location"] == reverse("map_outline", args=["acme", drawn.pk])
        assert (drawn.title, drawn.journey.name, drawn.state) == ("A trip", "A trip", "current")
        assert (drawn.owner_id, drawn.sponsor_id, drawn.scenario) == (world.max.pk, world.eli.pk, "Two days off.")
        stages = list(drawn.stages.select_related("phase"))
        assert [stage.name for stage in stages] == ["Find out", "Buy", "Use"]
        assert [stage.phase.position for stage in stages] == [0, 2, 4]
        assert Step.objects.filter(stage__map=drawn).count() == 3
        actions = list(AuditEntry.objects.filter(actor=world.max).values_list("action", flat=True))
    assert sorted(actions) == ["journey.create", "map.create", "stage.create", "stage.create", "stage.create"]


@pytest.mark.parametrize(
    ("news", "sentence"),
    [
        ({"title": " "}, "This field is required."),
        ({"title": "x" * 201}, "at most 200 characters"),
        ({"stages": "y" * 201}, "Use at most 200 characters."),
        ({"stages": "\n".join(map(str, range(31)))}, "Begin with at most 30 stages."),
        ({"owner": "999999"}, "Select a valid choice."),
    ],
    ids=["no title", "long title", "long stage", "many stages", "no member"],
)
def test_bad_input_is_explained_and_kept(world, sign_in, new, news, sentence):
    reply = sign_in(world.max).post(new, {"title": "A trip", "stages": "Find out", "scenario": "Kept text", **news})
    assert reply.status_code == 422
    page = reply.content.decode()
    assert sentence in page
    assert "Kept text" in page
    with world.inside():
        assert not Journey.objects.exists()


def test_a_member_of_another_company_cannot_own_it(world, sign_in, new):
    reply = sign_in(world.max).post(new, {"title": "A trip", "owner": world.ann.pk})
    assert reply.status_code == 422


def test_others_may_not(world, sign_in, new):
    assert sign_in(world.lea).post(new, {"title": "A trip"}).status_code == 403
    assert "New journey" not in sign_in(world.vi).get("/w/acme/journeys/").content.decode()
