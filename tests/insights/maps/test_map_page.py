"""The chip in the head of a map's page: how its journey stands, how much is measured, and the way to why."""

import re

import pytest
from django.utils import timezone

from journeys.models import Map, Touchpoint
from tests.insights.overview.company import BAD, GOOD, journey, kpi, touchpoint


@pytest.fixture
def drawn(world):
    with world.inside():
        broken, well = touchpoint(world, "First"), touchpoint(world, "Second")
        kpi(world, broken, [BAD])
        kpi(world, well, [GOOD])
        return journey("I move in", {3: [broken], 4: [well, touchpoint(world, "Third")]})


@pytest.fixture
def chip(sign_in, world):
    """The words of the chip and where it leads, as this member sees them; None without one."""

    def read(drawn, member=world.vi, query=""):
        page = sign_in(member).get(f"/w/acme/maps/{drawn.pk}/{query}")
        assert page.status_code == 200
        found = re.search(r'<p class="map-health"><a href="([^"]+)"[^>]*>(.*?)</a>', page.content.decode(), re.DOTALL)
        return found and (" ".join(re.sub(r"<[^>]+>", " ", found[2]).split()), found[1])

    return read


def test_it_says_status_and_coverage_and_leads_to_the_health_of_the_journey(drawn, chip, world):
    for member in (world.vi, world.eli, world.max):
        assert chip(drawn, member) == (
            "Health of the journey: Off target 2 of 3 measured",
            f"/w/acme/journeys/{drawn.journey_id}/health/",
        )


def test_it_takes_the_period_along(drawn, chip):
    words, url = chip(drawn, query="?per=year&at=2018-05-05")
    assert words == "Health of the journey: Not enough measured 0 of 3 measured"
    assert url.endswith("/health/?per=year&amp;at=2018-05-05")


def test_an_archived_touchpoint_does_not_count(drawn, chip, world):
    with world.inside():
        Touchpoint.objects.filter(name="First").update(archived_at=timezone.now())
    assert chip(drawn)[0] == "Health of the journey: On target 1 of 2 measured"


def test_a_map_of_the_future_is_not_judged(drawn, chip, world):
    with world.inside():
        Map.objects.filter(pk=drawn.pk).update(state=Map.State.FUTURE)
    assert chip(drawn) is None
