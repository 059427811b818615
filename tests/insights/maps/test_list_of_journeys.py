"""Health on the list of journeys: a column that sorts and narrows, with the figures of the journey's own page."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from insights.queries import health
from journeys.models import Journey, Map
from tests.days import local_today
from tests.insights.overview.company import BAD, GOOD, MIDDLING, company, journey, kpi, touchpoint
from tests.world import CANARY

URL = "/w/acme/journeys/"


@pytest.fixture
def drawn(world):
    """Four journeys: one broken, one on watch, one well, one that nobody measures; and a map of the future."""
    with world.inside():
        made = {}
        for name, months in {"Buy": [GOOD], "Move": [BAD], "Pay": [MIDDLING], "Call": None}.items():
            placed = touchpoint(world, f"{name} it")
            if months:
                kpi(world, placed, months)
            made[name] = journey(name, {3: [placed]})
        made["Dream"] = journey("Dream", {3: [placed]}, state=Map.State.FUTURE)
    return made


@pytest.fixture
def rows(sign_in, world):
    """Read the list as this member: titles in order, each with the words of its health."""

    def read(member=world.vi, query=""):
        page = sign_in(member).get(f"{URL}{query}")
        assert page.status_code == 200
        found = re.findall(r'<tr id="map-\d+">(.*?)</tr>', page.content.decode(), re.DOTALL)
        plain = [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in found]
        return {text.split()[0]: text for text in plain}

    return read


def test_each_current_state_map_says_its_status_and_how_much_is_measured(drawn, rows):
    said = rows()
    assert "Off target 1 of 1 measured" in said["Move"]
    assert "Watch 1 of 1 measured" in said["Pay"]
    assert "On target 1 of 1 measured" in said["Buy"]
    assert "Not enough measured 0 of 1 measured" in said["Call"]
    assert "Not judged" in said["Dream"]
    assert "measured" not in said["Dream"]


def test_it_leads_to_the_health_of_the_journey_and_takes_the_period_along(drawn, sign_in, world):
    page = sign_in(world.vi).get(f"{URL}?per=year&at=2018-05-05").content.decode()
    assert f'href="{URL}{drawn["Move"].journey_id}/health/?per=year&amp;at=2018-05-05"' in page
    assert "Not enough measured" in page


def test_the_list_sorts_the_worst_first_and_what_is_not_judged_last(drawn, rows):
    assert list(rows(query="?sort=health")) == ["Move", "Pay", "Call", "Buy", "Dream"]
    assert list(rows(query="?sort=-health")) == ["Buy", "Call", "Pay", "Move", "Dream"]


def test_the_list_narrows_by_health(drawn, rows, sign_in, world):
    assert list(rows(query="?health=off_target")) == ["Move"]
    assert list(rows(query="?health=unmeasured&sort=health")) == ["Call"]
    assert "Health: Off target" in sign_in(world.vi).get(f"{URL}?health=off_target").content.decode()


def test_a_status_that_there_is_not_narrows_nothing(drawn, rows):
    assert len(rows(query="?health=splendid")) == 5


def test_a_filter_that_nothing_passes_says_so(drawn, sign_in, world):
    with world.inside():
        Map.objects.filter(pk=drawn["Move"].pk).update(state=Map.State.RESEARCH)
    assert "No map matches" in sign_in(world.vi).get(f"{URL}?health=off_target").content.decode()


def test_the_file_has_it_too(drawn, sign_in, world):
    answer = sign_in(world.vi).get("/w/acme/journeys.csv?sort=health&health=off_target")
    [row] = csv.DictReader(io.StringIO(answer.content.decode().lstrip("\ufeff")))
    assert (row["Map"], row["Health"], row["Measured"]) == ("Move", "Off target", "1 of 1 measured")


def test_a_map_says_what_the_health_of_its_journey_says(drawn, world, rows):
    """The list asks for maps, the journey's page for the journey: the same where it has one map."""
    said = rows()
    with world.inside():
        board = health.of_journeys(workspace=world.acme, today=local_today())
        for each in Journey.objects.exclude(name="Dream"):
            assert board.journey(each.pk).coverage in said[each.name]


@pytest.mark.parametrize("query", ["", "?sort=health", "?health=off_target"])
def test_it_asks_as_often_for_thirty_as_for_three(world, sign_in, query):
    def asked(more):
        with world.inside():
            company(world, more)
        client = sign_in(world.eli)
        client.get(URL)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"{URL}{query}").status_code == 200
        return len(seen)

    assert asked(3) == asked(27)


def test_an_outsider_sees_nothing(drawn, sign_in, world):
    assert sign_in(world.ann).get(URL).status_code == 404
    assert CANARY not in sign_in(world.vi).get(URL).content.decode()
