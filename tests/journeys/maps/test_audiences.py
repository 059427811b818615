"""A map as team, executives, a blueprint's readers and IT see it: one table, other lanes, and lines between them."""

import re

import pytest

from journeys.lanes.tickets import is_address
from journeys.models import System, Touchpoint, TouchpointSystem
from journeys.queries.lanes import text_kind
from journeys.services import cells, lanes, placements, touchpoints
from tests.planting import measured
from tests.world import CANARY

LINES = ["Line of interaction", "Line of visibility", "Line of internal interaction"]


@pytest.fixture
def write(desk, world):
    """Returns a function that writes in a lane of a kind, added to the map where it is missing."""
    made = {}

    def _write(kind, text="Words", step=None):
        with world.inside():
            if kind not in made:
                made[kind] = lanes.add(drawn=desk.map, kind=text_kind(kind), by=world.max)
            where = {"lane": made[kind], "step": step or desk.first_step("Buy")}
            cells.write(**where, text=text, version=0, by=world.max)
        return made[kind]

    return _write


@pytest.fixture
def paying(desk, world):
    """A moment of truth at “I pay”, on two systems and measured."""
    step = desk.add_step("Buy", "I pay")
    with world.inside():
        made, _ = touchpoints.find_or_create("The till", by=world.max)
        placements.place(step=step, touchpoint=made, by=world.max)
        Touchpoint.objects.filter(pk=made.pk).update(is_moment_of_truth=True)
        for name in ("Till software", "Card terminal"):
            TouchpointSystem.objects.create(touchpoint=made, system=System.objects.create(name=name))
        measured(made, by=world.max, scores=(0,) * 50)
    return step


def shown(desk, query=""):
    answer = desk.client.get(f"{desk.url('map')}?per=year&at=2018-01-01&{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def row(page, key):
    text = page.partition(f'id="lane-{key}"')[2].partition("</tr>")[0]
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<td[^>]*>(.*?)</td>", text, re.S)]


def names(page):
    return re.findall(r'class="lane-name">.*?<span dir="auto">([^<]+)<', page)


def test_each_audience_has_its_lanes_in_the_order_of_their_kinds(desk, write, paying):
    for kind in ("tickets", "support", "events", "backstage", "frontstage", "emotions", "actions", "notes"):
        write(kind, "1")
    assert names(shown(desk, "audience=it")) == ["Touchpoints", "KPIs", "Systems", "Events to capture", "Ticket links"]
    assert names(shown(desk, "audience=executive")) == ["Emotions", "KPIs"]
    assert names(shown(desk, "audience=channels")) == ["Touchpoints", "Channels"]
    blueprint = ["Actions", "Touchpoints", "Front stage", "Back stage", "Support", "Systems"]
    assert names(shown(desk, "audience=blueprint")) == blueprint
    everything = names(shown(desk))
    assert {"Notes", "Owners", *blueprint} < set(everything)
    assert names(shown(desk, "audience=nobody")) == everything


def test_systems_are_read_off_the_touchpoints_and_left_out_where_none_is_named(desk, world, paying):
    assert row(shown(desk), "systems") == ["", "", "Card terminal Till software", ""]
    assert CANARY not in shown(desk)
    with world.inside():
        TouchpointSystem.objects.all().delete()
    assert "Systems" not in names(shown(desk))


def test_executives_see_stages_the_whole_curve_and_the_worst_figures(desk, write, paying):
    write("emotions", "-2", paying)
    write("emotions", "1")
    page = shown(desk, "audience=executive")
    assert "2 steps" in page
    buying = row(page, next(key for key in re.findall(r'id="lane-(\d+)"', page)))[1]
    assert "Lowest −2: I pay" in buying
    assert "First: Good. I pay: Very bad." in buying
    assert page.count("<path") - page.count('<path class="emotion-dots') >= 2
    assert "emotion-dots--moment" in page
    assert "-100.00" in row(page, "kpis")[1]
    assert "grid-menu" not in page
    assert "I pay" in names_of_steps(shown(desk, "audience=executive&detail=3"))


def names_of_steps(page):
    return " ".join(re.findall(r'class="step-title[^>]*>(?:<.*?</span></span> )?([^<]+)<', page))


def test_a_moment_of_truth_is_flagged_at_its_step_and_on_the_curve(desk, write, paying):
    write("emotions", "-1", paying)
    page = shown(desk)
    assert "Moment of truth" in page.partition("<tbody")[0]
    assert "(moment of truth)" in page.partition("data-drawn")[2].partition("</tr>")[0]


def test_a_view_offers_what_the_map_lacks_to_editors_alone(desk, world, sign_in, write):
    write("events")
    page = shown(desk, "audience=it")
    assert "This view could also show" in page
    assert 'name="kind" value="tickets"' in page
    assert 'name="kind" value="events"' not in page
    desk.client.post(f"/w/acme/maps/{desk.map.pk}/lanes/", {"kind": "tickets", "at": "map"})
    desk.client.post(f"/w/acme/maps/{desk.map.pk}/lanes/touchpoints/display/", {"is_hidden": "yes"})
    page = shown(desk, "audience=it")
    assert 'value="tickets"' not in page
    assert "Show again: <bdi>Touchpoints" in page or "Show again: Touchpoints" in page
    assert "Touchpoints" not in names(page)
    desk.client = sign_in(world.vi)
    page = shown(desk, "audience=executive")
    assert "This view could also show" not in page
    assert names(page) == ["KPIs"]


def test_lanes_are_arranged_in_the_view_of_the_team_alone(desk, write):
    write("actions")
    page = shown(desk, "audience=blueprint")
    assert "Menu of Buy" in page
    assert "Menu of Actions" not in page
    assert "Menu of Actions" in shown(desk)


def lines(page):
    return re.findall(r'class="grid-line">.*?<b>([^<]+)</b>', page)


def test_lines_are_ruled_where_lanes_stand_in_the_order_of_a_blueprint(desk, write, world, sign_in):
    for kind in ("actions", "frontstage", "backstage"):
        write(kind)
    support = write("support")
    for query in ("", "audience=blueprint"):
        assert lines(shown(desk, query)) == LINES
    body = shown(desk).partition("<tbody")[2]
    assert body.index("Front stage") < body.index("Line of visibility") < body.index("Back stage")
    desk.client.post(f"/w/acme/maps/{desk.map.pk}/lanes/{support.pk}/position/", {"to": "0"})
    page = shown(desk)
    assert lines(page) == []
    assert "stand in this order" in page
    assert lines(shown(desk, "audience=blueprint")) == LINES
    desk.client = sign_in(world.vi)
    assert "stand in this order" not in shown(desk)


def test_a_line_needs_what_it_parts(desk, write):
    write("backstage")
    assert lines(shown(desk)) == []
    write("frontstage")
    assert lines(shown(desk)) == LINES[:2]
    assert lines(shown(desk, "audience=it")) == []


def test_tickets_lead_only_to_pages(desk, write):
    bad = "javascript:alert(1) https://bank.example@evil.example/ ftp://files.example http:///x"
    write("tickets", f"Letter https://tickets.example/browse/CX-7?a=1&b=2\n{bad} <b>")
    page = shown(desk, "audience=it")
    link = 'href="https://tickets.example/browse/CX-7?a=1&amp;b=2" target="_blank" rel="noopener noreferrer nofollow"'
    assert page.count(link) == 1
    assert page.count('rel="noopener noreferrer nofollow"') == 1
    assert "<bdi>javascript:alert(1)</bdi>" in page
    assert "<bdi>&lt;b&gt;</bdi>" in page
    assert not is_address("https://[half")
