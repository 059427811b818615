"""The flow of a map: a picture, and the same in words; what follows from the order, and what is planned."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journeys.models import Map, Step
from journeys.queries import flows, maps
from journeys.queries.lanes import text_kind
from journeys.services import cells, lanes, planned_paths, stages, steps
from tests.journeys.maps.test_planned_paths import plan, way  # noqa: F401  a fixture


def ways(way):  # noqa: F811
    with way.world.inside():
        found = flows.ways(maps.grid(maps.to_draw().get(pk=way.map.pk)))
    return [(one.source.name, one.target.name) for one in found]


def page(way):  # noqa: F811
    return way.client.get(way.url("map_flow")).content.decode()


def words(way):  # noqa: F811
    """Return the list of a flow, a line for each way."""
    inside = page(way).split("flow-words")[1]
    lines = re.findall(r"<li>(.*?)</li>", inside, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", line).split()) for line in lines]


def test_a_step_goes_on_to_the_next_unless_something_else_is_planned(way):  # noqa: F811
    assert ways(way) == [("First", "A"), ("A", "B"), ("B", "C"), ("C", "D")]
    plan(way, "A", "C", label="if the roof is too old")
    plan(way, "B", "D", "next")
    plan(way, "D", "A", "loop", label="if it broke")
    plan(way, "C", "D", label="if dry")
    assert ways(way) == [("First", "A"), ("A", "B"), ("A", "C"), ("B", "D"), ("C", "D"), ("D", "A")]
    assert words(way) == [
        "then 2. A",
        "then 3. B",
        "or, if the roof is too old: 4. C",
        "then 5. D",
        "then, if dry: 5. D",
        "then, if it broke, back to 2. A",
        "or it ends here.",
    ]


def test_stages_that_overlap_begin_together_and_what_follows_follows_each(way, world):  # noqa: F811
    for name in ("Wait", "Live"):
        way.post("stages", name=name)
    with world.inside():
        stages.overlap(stage=way.stage("Wait"), is_overlapping=True, by=world.max)
        Step.objects.filter(stage=way.stage("Wait")).update(name="W")
        Step.objects.filter(stage=way.stage("Live")).update(name="L")
    assert ways(way)[:2] == [("First", "A"), ("First", "W")]
    assert ways(way)[-2:] == [("D", "L"), ("W", "L")]
    assert words(way)[:2] == ["then 2. A", "and at the same time 6. W"]
    assert words(way)[-1] == "Here it ends."
    assert "At the same time as the stage before" in page(way)


def test_where_a_map_with_planned_paths_ends_its_step_says_so(way):  # noqa: F811
    def ending():
        heads = way.client.get(way.url("map")).content.decode().partition("</thead>")[0].split('id="step-')[1:]
        return [name for name, head in zip(("First", *"ABCD"), heads, strict=True) if "Ends here" in head]

    assert ending() == []  # nobody said how it goes
    plan(way, "A", "C", label="if the roof is too old")
    assert ending() == ["D"]
    plan(way, "D", "A", "loop", label="if it broke")
    assert ending() == ["D"]
    plan(way, "D", "B", "next")
    assert ending() == []


def test_a_cell_on_a_phone_says_where_its_step_goes_on(way):  # noqa: F811
    """There are no heads of columns there: each cell is named by its step (static/css/components/journey-grid.css)."""
    plan(way, "A", "C", label="if the roof is too old")
    plan(way, "D", "A", "loop", label="if it broke")
    body = way.client.get(way.url("map")).content.decode().partition("</thead>")[2]
    named = set(re.findall(r'data-step="([^"]*)"', body))
    assert named == {"First", "A · Or C", "B", "C", "D · Back to A · Ends here"}


def test_every_step_stands_in_the_picture_and_in_the_list_and_leads_to_its_column(way, world):  # noqa: F811
    with world.inside():
        lane = lanes.add(drawn=way.map, kind=text_kind("emotions"), by=world.max)
        cells.write(lane=lane, step=way.step("A"), text="-2", version=0, by=world.max)
    shown = page(way)
    grid = way.client.get(way.url("map")).content.decode()
    for name in ("First", *"ABCD"):
        at = f"step-{way.step(name).pk}-head"
        assert shown.count(f'#{at}"') == 2
        assert f'id="{at}"' in grid
    assert shown.count('class="flow-path"') == 4
    assert "Very bad" in shown
    assert "0 touchpoints" in shown
    assert 'aria-current="page">Flow' in shown
    assert f'href="{way.url("map_flow")}"' in grid
    assert 'href="/w/acme/maps/' in way.client.get(f"{way.url('map_flow')}?detail=2").content.decode()


def test_it_asks_as_often_for_forty_steps_as_for_five(way, world):  # noqa: F811
    def asked(name):
        with CaptureQueriesContext(connection) as caught:
            way.client.get(way.url(name))
        return len(caught)

    asked("map_flow")
    before = asked("map_flow")
    assert before <= asked("map") + 1
    with world.inside():
        made = [steps.add(stage=way.stage("Buy"), name=f"Step {n}", by=world.max) for n in range(35)]
        for source, target in zip(made, made[2:], strict=False):
            planned_paths.add(source=source, target=target, kind="branch", label="if so", by=world.max)
    assert asked("map_flow") == before


def test_viewers_read_it_and_outsiders_do_not(way, world, sign_in):  # noqa: F811
    way.client = sign_in(world.vi)
    assert "The flow in words" in page(way)
    way.client = sign_in(world.ann)
    assert way.client.get(way.url("map_flow")).status_code == 404


@pytest.mark.parametrize("name", ["<b>x</b>" * 25, "\u05d0\u05d1\u05d2 \u05d3"], ids=["long markup", "right to left"])
def test_awkward_names_stay_text(way, name):  # noqa: F811
    way.post("step", way.step("A"), was="A", name=name)
    plan(way, name, "C", label=name)
    shown = page(way)
    assert "<b>x</b>" not in shown
    assert words(way)[2].startswith("or, ")


def test_a_map_without_stages_says_so(way, world):  # noqa: F811
    with world.inside():
        Map.objects.get(pk=way.map.pk).stages.all().delete()
    assert "This map has no steps yet" in page(way)
