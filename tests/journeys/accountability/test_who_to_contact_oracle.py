"""Who to contact against an oracle that reads row by row; near misses are found, said, and come after what is exact."""

import random
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.models import Channel, Finding, FindingPlacement, Map, Step, Touchpoint, TouchpointPlacement
from journeys.queries import directory_rows, directory_search
from journeys.queries.directory import NEED, TOUCHPOINT, Filters
from journeys.queries.spelling import distance, near
from tests.journeys.accountability.test_who_to_contact import named, need
from tests.world import lay_out

WORDS = ("card", "bill", "stolen", "move", "late")
ROUNDS = 40


@cache
def edits(one, other):
    """The textbook recursion of the restricted Damerau-Levenshtein distance."""
    if not one or not other:
        return len(one) + len(other)
    ways = [edits(one[:-1], other) + 1, edits(one, other[:-1]) + 1]
    ways.append(edits(one[:-1], other[:-1]) + (one[-1] != other[-1]))
    if len(one) > 1 and len(other) > 1 and one[-1] == other[-2] and one[-2] == other[-1]:
        ways.append(edits(one[:-2], other[:-2]) + 1)
    return min(ways)


@given(st.text("abc", max_size=6), st.text("abc", max_size=6), st.integers(0, 3))
def test_distances_are_those_of_the_textbook(one, other, most):
    assert min(distance(one, other, most), most + 1) == min(edits(one, other), most + 1)


def test_what_is_near_depends_on_the_length_and_the_closest_comes_first():
    words = ["hotline", "hotlines", "hotel", "card", "cart", "bus", "refunds"]
    assert near("hotlnie", words) == ["hotline", "hotlines"]
    assert near("refudn", words) == ["refunds"]  # by the beginning of a longer word
    assert near("carb", words) == ["card", "cart"]
    assert near("bsu", words) == []  # too short to tell
    assert near("umbrella", words) == []


@pytest.fixture
def company(world):
    """Touchpoints and needs with random words, on maps of every kind, beside each other and alone."""
    dice = random.Random(8)
    with world.inside():
        channels = [Channel.objects.create(name=name) for name in ("Bill desk", "Phone")]
        maps = [lay_out(title, [], world.ada) for title in ("One", "Two", "Future", "Old")]
        Map.objects.filter(title="Future").update(state=Map.State.FUTURE)
        Map.objects.filter(title="Old").update(archived_at=world.acme.created_at)
        steps = [
            Step.objects.create(stage=each.stages.get(), name=f"S{n}", position=n) for each in maps for n in (1, 2)
        ]
        spots, needs = [], []
        for number in range(24):
            words = " ".join(dice.sample(WORDS, 2))
            owner = {"accountability": "accepted", "accountable_department": world.service} if number % 3 else {}
            spots.append(Touchpoint.objects.create(name=f"{words} {number}", channel=dice.choice(channels), **owner))
            if number % 2:
                needs.append(Finding.objects.create(kind="need", name=f"{dice.choice(WORDS)} {number}"))
        for each in spots:
            for step in dice.sample(steps, dice.randint(0, 2)):
                TouchpointPlacement.objects.create(step=step, touchpoint=each)
        for each in needs:
            for step in dice.sample(steps, dice.randint(0, 2)):
                FindingPlacement.objects.create(step=step, finding=each)
    return dice


def on(rows, is_current):
    """The steps of these placements on maps in use; of the current state alone where so asked."""
    maps = [each.step for each in rows if each.step.stage.map.archived_at is None]
    return {step.pk for step in maps if not is_current or step.stage.map.state == "current"}


def expected(words, channel):
    """Every row for itself: the entries that have all words and stand behind the channel."""
    spots = list(Touchpoint.objects.select_related("channel", "accountable_department"))
    passing = [each for each in spots if channel is None or each.channel_id == channel]
    at = {each.pk: each.placements.select_related("step__stage__map") for each in spots}
    needs = [(each, each.placements.select_related("step__stage__map")) for each in Finding.objects.filter(kind="need")]
    listed = [(each, on(rows, True)) for each, rows in needs if on(rows, True) or not on(rows, False)]

    def text(spot):
        behind = spot.accountable_department.name + " Lea" if spot.accountability == "accepted" else ""
        return f"{spot.name} {spot.channel.name} {behind}".lower()

    found = set()
    for each, steps in listed:
        served = [spot for spot in passing if on(at[spot.pk], True) & steps]
        if (served or channel is None) and all(
            word in each.name or any(word in text(spot) for spot in served) for word in words
        ):
            found.add((NEED, each.pk))
    for spot in passing:
        current, drawn = on(at[spot.pk], True), on(at[spot.pk], False)
        if (current or not drawn) and not any(current & steps for _each, steps in listed):
            found |= {(TOUCHPOINT, spot.pk)} if all(word in text(spot) for word in words) else set()
    return found


def test_it_lists_what_an_oracle_lists_row_by_row(world, company):
    asked = 0
    with world.inside():
        known = directory_rows.known()
        for _round in range(ROUNDS):
            words = company.sample([*WORDS, "lea", "phone", "service"], company.randint(0, 2))
            channel = company.choice([None, *Channel.objects.values_list("pk", flat=True)])
            found = directory_search.find(Filters(search=" ".join(words), channel=str(channel or "")), known)
            wanted = expected(words, channel)
            assert found.is_loose == (bool(words) and not wanted)
            if not found.is_loose:
                assert set(found.entries) == wanted, (words, channel)
                assert len(found.entries) == len(wanted)
                asked += bool(wanted)
    assert asked > ROUNDS / 2


def test_a_slip_of_the_finger_finds_it_behind_what_is_exact(desk, world):
    for name in ("Hotline", "Hotlane", "Hotel desk"):
        desk.make(name)
    need(world, "My card was stolen", desk.make("Branch"))
    assert named(desk, "q=hotline") == ["Hotline"]  # exact: nothing near it stands there
    for typed, meant in {"sotlen": "stolen", "stolne cadr": "card", "xtolen": "stolen"}.items():
        page = desk.get(f"contacts/?q={typed}", world.vi).content.decode()
        assert named(desk, f"q={typed}") == ["My card was stolen"], typed
        assert "Looked for as well:" in page
        assert f">{meant}</q>" in page
    # the beginning of a word stands before a word that is spelt almost so
    assert named(desk, "q=hotlines") == ["Hotline", "Hotlane"]
    assert named(desk, "q=zzzz") == []
