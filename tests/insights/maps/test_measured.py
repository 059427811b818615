"""The measured score beside the emotions of a map: where it stands, what it is made of, and what it leaves out."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from insights.models import Kpi
from journeys.models import Step
from journeys.queries.lanes import text_kind
from journeys.services import cells, lanes
from tests.insights.overview.company import BAD, GOOD, MIDDLING, journey, kpi, touchpoint


@pytest.fixture
def drawn(world):
    """Means of 2, of 5 and 4.5, and nothing, on 1 to 5; a lane of emotions in which one step says something."""
    with world.inside():
        first, second, third = (touchpoint(world, name) for name in ("First", "Second", "Third"))
        for each, month in ((first, BAD), (second, GOOD), (third, MIDDLING)):
            kpi(world, each, [month])
        made = journey("I move in", {3: [first], 4: [second, third], 5: [touchpoint(world, "Fourth")]})
        lane = lanes.add(drawn=made, kind=text_kind("emotions"), by=world.max)
        step = Step.objects.filter(stage__map=made).order_by("stage__position").first()
        cells.write(lane=lane, step=step, text="1", version=0, by=world.max)
    return made


@pytest.fixture
def row(sign_in, world):
    """The lane of emotions as this member sees it."""

    def read(drawn, member=world.vi):
        page = sign_in(member).get(f"/w/acme/maps/{drawn.pk}/").content.decode()
        with world.inside():
            lane = drawn.lanes.get(kind="emotions")
        return page.partition(f'id="lane-{lane.pk}"')[2].partition("</tr>")[0]

    return read


def shown(row):
    """Where each score stands and its number."""
    return re.findall(r'emotion-measured" data-level="([^"]+)".*?◆ ([+−]?[\d.]+)', row)


def test_each_step_shows_the_mean_of_its_outcomes_between_their_ends(drawn, row, world):
    for member in (world.vi, world.max):
        lane = row(drawn, member)
        # 4 * (2 - 1) / 4 - 2 is -1; that of 5 is +2 and that of 4.5 is +1.5, so their mean is +1.75
        assert shown(lane) == [("-1", "−1.0"), ("1.75", "+1.8")]
        assert "◆: measured, scaled to −2 to +2" in lane
        assert "2.00 of 5" in lane
        assert re.search(r"Measured \+1.8: mean of .*5\.00 of 5.*4\.50 of 5", lane)


def test_what_is_no_outcome_or_has_no_ends_is_left_out(drawn, row, world):
    with world.inside():
        Kpi.objects.filter(touchpoint__name="First").update(is_outcome=False)
        Kpi.objects.filter(touchpoint__name="Second").update(measure="count")
    assert shown(row(drawn)) == [("1.5", "+1.5")]


def test_too_few_answers_are_no_score(drawn, row, world):
    with world.inside():
        Kpi.objects.filter(touchpoint__name="First").update(smallest_sample=1000)
    assert shown(row(drawn)) == [("1.75", "+1.8")]


def test_lower_is_better_turns_it_round(drawn, row, world):
    with world.inside():
        Kpi.objects.filter(touchpoint__name="First").update(direction="lower")
    assert shown(row(drawn))[0] == ("1", "+1.0")


def test_it_asks_no_query_of_its_own(drawn, sign_in, world):
    client = sign_in(world.vi)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            client.get(f"/w/acme/maps/{drawn.pk}/")
        return sum(query["sql"].startswith("SELECT") for query in seen)

    queries()
    shows = queries()
    with world.inside():
        lanes.delete(drawn=drawn, key=str(drawn.lanes.get(kind="emotions").pk), by=world.max)
    assert queries() == shows
