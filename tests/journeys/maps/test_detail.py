"""Three levels of detail of a map: counts by stage, titles by step, everything; the address keeps the choice."""

import re

import pytest

from journeys.queries.lanes import text_kind
from journeys.services import cells, lanes, placements, touchpoints
from tests.planting import measured


@pytest.fixture
def page(desk, world):
    """Returns a function that reads the map of a trip: two touchpoints in Buy, one measured, and an action in Use."""
    for name in ("I pay", "I sign"):
        desk.add_step("Buy", name)
    with world.inside():
        for name in ("I pay", "I sign"):
            made, _ = touchpoints.find_or_create(f"Touchpoint where {name}", by=world.max)
            placements.place(step=desk.step(name), touchpoint=made, by=world.max)
        measured(made, by=world.max, scores=(0,) * 50)
        lane = lanes.add(drawn=desk.map, kind=text_kind("actions"), by=world.max)
        cells.write(lane=lane, step=desk.first_step("Use"), text="I switch it on", version=0, by=world.max)

    def _page(query=""):
        answer = desk.client.get(desk.url("map") + query)
        assert answer.status_code == 200
        return answer.content.decode()

    return _page


def row(page, lane):
    text = page.partition(f'id="lane-{lane}"')[2].partition("</tr>")[0]
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<td[^>]*>(.*?)</td>", text, re.S)]


def test_everything_is_shown_unless_the_address_says_otherwise(page):
    for query in ("", "&detail=3", "&detail=nonsense"):
        text = page(f"?per=year&at=2018-01-01{query}")
        assert "-100.00" in text
        assert "I switch it on" in text


def test_titles_keep_the_status_and_leave_the_figures(page):
    text = page("?per=year&at=2018-01-01&detail=2")
    assert "Touchpoint where I pay" in text
    assert "Off target" in text
    assert "-100.00" not in text
    assert "I switch it on" in text


def test_the_overview_counts_by_stage_and_names_the_worst(page):
    text = page("?per=year&at=2018-01-01&detail=1")
    assert row(text, "touchpoints") == ["", "2 entries", ""]
    assert row(text, "kpis") == ["", "1 entry Off target", ""]
    assert row(text, "owners") == ["", "1 entry No owner", ""]
    assert "Written at 1 step" in text
    assert "I switch it on" not in text
    assert "3 steps" in text
    assert "grid-menu" not in text


def test_the_switch_keeps_the_rest_of_the_address(page):
    text = page("?per=year&at=2018-01-01&detail=2")
    for level in "123":
        assert re.search(
            rf'href="[^"]*per=year&amp;at=2018-01-01&amp;detail={level}"[^>]*data-shortcut="{level}"', text
        )
    assert re.search(r'detail=2"[^>]*aria-current="true"', text)
