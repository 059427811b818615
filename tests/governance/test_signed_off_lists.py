"""The queue of reviews and the list of journeys say whether each map was signed off, and whether that still holds."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from governance.services.reviews import ALL
from journeys.models import Map
from journeys.services import maps, versions

WORDS = {"Never": "Not signed off", "Kept": "Signed off", "Edited": "Changed since sign-off"}


def signed_off(keeping, world, title):
    made = keeping.map(title, owner=world.max, sponsor=world.eli, placed=[keeping.touchpoint(f"{title} call")])
    review = keeping.start(made, timezone.now())
    keeping.do(review, *ALL)
    keeping.sign(review)
    return made


@pytest.fixture
def listed(keeping, world):
    keeping.map("Never", owner=world.max, sponsor=world.eli)
    signed_off(keeping, world, "Kept")
    edited, lapsed = signed_off(keeping, world, "Edited"), signed_off(keeping, world, "Lapsed")
    with world.inside():
        for each in (edited, lapsed):
            now = Map.objects.get(pk=each.pk)
            maps.edit(drawn=now, version=now.version, by=world.max, scenario="Another one")
        drawn = Map.objects.get(pk=lapsed.pk)
        versions.publish(drawn=drawn, note="", is_major=True, by=world.max, now=timezone.now())
    return keeping


def titles(answer):
    page = answer.content.decode()
    return [title for title in ("Never", "Kept", "Edited", "Lapsed") if f">{title}</a>" in page]


@pytest.mark.parametrize("path", ["reviews/", "journeys/"])
def test_both_lists_say_it_and_are_narrowed_by_it(path, listed, world):
    page = listed.get(path, world.vi).content.decode()
    for words in (*WORDS.values(), "Signed off before a major change"):
        assert words in page
    for value, title in (("none", "Never"), ("signed", "Kept"), ("changed", "Edited"), ("lapsed", "Lapsed")):
        assert titles(listed.get(f"{path}?signed={value}", world.vi)) == [title], value
    assert len(titles(listed.get(f"{path}?signed=nonsense", world.vi))) == 4


def test_the_file_of_journeys_has_the_column(listed, world):
    rows = csv.reader(io.StringIO(listed.get("journeys.csv", world.vi).content.decode()))
    head, *lines = rows
    said = {line[head.index("Map")]: line[head.index("Sign-off")] for line in lines}
    assert {title: said[title] for title in WORDS} == WORDS


@pytest.mark.parametrize("path", ["reviews/", "journeys/"])
def test_queries_do_not_grow_per_row(path, listed, world):
    def asked():
        listed.get(path, world.vi)
        with CaptureQueriesContext(connection) as queries:
            listed.get(path, world.vi)
        return len(queries)

    before = asked()
    for at in range(3):
        signed_off(listed, world, f"More {at}")
    assert asked() == before
