"""What stands on a map is put elsewhere: cards in their cell and at other steps, lanes and steps."""

import re

import pytest

from journeys.models import FindingPlacement, TouchpointPlacement
from journeys.queries import lanes
from journeys.services import placements, touchpoints
from journeys.views.placement_moves import WAYS
from orgs.models import AuditEntry
from tests.journeys.findings.conftest import make, placed, put  # noqa: F401  fixtures


@pytest.fixture
def cards(desk, make, put):  # noqa: F811
    """Three pains and a gain between them at the step to buy, a pain at the one to use."""
    buy, use = desk.first_step("Buy"), desk.first_step("Use")
    kinds = {"Queue": "pain", "Tea": "gain", "Noise": "pain", "Price": "pain"}
    found = {name: put(make(name, kind), buy) for name, kind in kinds.items()}
    found["Manual"] = put(make("Manual"), use)
    return found


@pytest.fixture
def at(world):
    """Returns a function that names the pains at a step, in order."""

    def _at(step):
        with world.inside():
            rows = FindingPlacement.objects.filter(step=step, finding__kind="pain")
            return [row.finding.name for row in rows]

    return _at


def move(desk, card, **where):
    name = "finding_placement_position" if isinstance(card, FindingPlacement) else "placement_position"
    return desk.post(name, card, at="map", **where)


@pytest.mark.parametrize(
    ("name", "to", "buys", "uses"),
    [
        ("Noise", "up", ["Noise", "Queue", "Price"], ["Manual"]),
        ("Queue", "up", ["Queue", "Noise", "Price"], ["Manual"]),
        ("Queue", "down", ["Noise", "Queue", "Price"], ["Manual"]),
        ("Price", "down", ["Queue", "Noise", "Price"], ["Manual"]),
        ("Noise", "on", ["Queue", "Price"], ["Manual", "Noise"]),
        ("Manual", "on", ["Queue", "Noise", "Price"], ["Manual"]),
        ("Manual", "back", ["Queue", "Noise", "Price", "Manual"], []),
    ],
)
def test_a_card_moves_in_its_cell_and_to_the_steps_beside(desk, cards, at, name, to, buys, uses):
    answer = move(desk, cards[name], to=to)
    assert f"placed-pain-{cards[name].pk}" in answer["HX-Trigger"]
    assert at(desk.first_step("Buy")) == buys
    assert at(desk.first_step("Use")) == uses
    assert "Undo" not in answer.content.decode()


def test_a_card_is_dropped_before_another_and_the_slip_is_undone(desk, world, cards, at):
    buy, use = desk.first_step("Buy"), desk.first_step("Use")
    answer = move(desk, cards["Noise"], to=use.pk, before=cards["Manual"].pk, by="drag").content.decode()
    assert at(use) == ["Noise", "Manual"]
    assert "Moved “Noise”." in answer
    assert f'name="to" value="{buy.pk}"' in answer
    assert f'name="before" value="{cards["Price"].pk}"' in answer
    move(desk, cards["Noise"], to=buy.pk, before=cards["Price"].pk)
    assert at(buy) == ["Queue", "Noise", "Price"]
    with world.inside():
        entry = AuditEntry.objects.filter(action="finding_placement.move").earliest("pk")
    assert (entry.before["step"], entry.after["name"], entry.after["map"]) == ("First", "Noise", desk.map.pk)


def test_a_touchpoint_moves_as_well(desk, world, cards):
    buy, use = desk.first_step("Buy"), desk.first_step("Use")
    with world.inside():
        till, _is_new = touchpoints.find_or_create("Till", by=world.max)
        card = placements.place(step=buy, touchpoint=till, by=world.max)
    page = desk.client.get(desk.url("map")).content.decode()
    assert f'id="placed-touchpoint-{card.pk}" data-move="/w/acme/placements/{card.pk}/position/"' in page
    move(desk, card, to=use.pk)
    with world.inside():
        assert TouchpointPlacement.objects.get().step == use


def test_its_menu_offers_every_step_under_its_stage_and_only_where_it_can_go(desk, world, cards):
    with world.inside():
        desk.stage("Use").steps.update(name="First " + "x" * 190)
    url = f"/w/acme/finding-placements/{cards['Queue'].pk}/position/"
    menu = desk.client.get(url, headers={"HX-Request": "true"}).content.decode()
    ways = {to: "disabled" in menu.partition(f'name="to" value="{to}"')[2].partition("</form>")[0] for to in WAYS}
    assert ways == {"up": True, "down": False, "back": False, "on": False}
    assert re.findall('<optgroup label="([^"]+)">', menu) == ["Find out", "Buy", "Use"]
    assert f'value="{desk.first_step("Buy").pk}" dir="auto" selected>2. First</option>' in menu
    assert f">3. First {'x' * 53}…</option>" in menu
    assert "<html" in desk.client.get(url).content.decode()  # a page without scripts


def test_what_is_there_already_or_gone_is_refused_in_a_sentence(desk, world, cards, put, at):  # noqa: F811
    buy, use = desk.first_step("Buy"), desk.first_step("Use")
    with world.inside():
        noise = cards["Noise"].finding
    put(noise, use)
    twice = move(desk, cards["Noise"], to=use.pk)
    assert (twice.status_code, "“Noise” is at “First” already." in twice.content.decode()) == (409, True)
    for gone in ({"to": 10_000}, {"to": use.pk, "before": cards["Queue"].pk}, {"to": ""}):
        answer = move(desk, cards["Price"], **gone)
        assert answer.status_code == 409
        assert "Somebody changed the stages or steps of this map meanwhile." in answer.content.decode()
        assert "map-changed" in answer["HX-Trigger"]
    assert at(buy) == ["Queue", "Noise", "Price"]


def test_a_card_never_leaves_its_map(desk, world, cards, at):
    with world.inside():
        other = desk.map.__class__.objects.exclude(pk=desk.map.pk).first()
        from_elsewhere = other and other.stages.first().steps.first()
    answer = move(desk, cards["Price"], to=from_elsewhere.pk if from_elsewhere else 0)
    assert answer.status_code == 409
    assert "Price" in at(desk.first_step("Buy"))


def test_viewers_get_nothing_to_move_by(desk, world, cards, sign_in):
    assert "/position/" in desk.client.get(desk.url("map")).content.decode()
    assert "/position/" not in sign_in(world.vi).get(desk.url("map")).content.decode()


def test_a_step_is_dropped_at_a_place_in_another_stage_and_back(desk):
    for name in ("Pay", "Pack"):
        desk.add_step("Buy", name)
    pay = desk.step("Pay")
    answer = desk.post(
        "step_position", pay, to=desk.stage("Use").pk, place=0, version=desk.version, at="map", by="drag"
    ).content.decode()
    assert desk.shape()[1:] == [("Buy", ["First", "Pack"]), ("Use", ["Pay", "First"])]
    for name, value in (("to", desk.stage("Buy").pk), ("place", 1), ("version", desk.version)):
        assert f'name="{name}" value="{value}"' in answer
    desk.post("step_position", pay, to=desk.stage("Buy").pk, place=1, version=desk.version, at="map")
    assert desk.shape()[1:] == [("Buy", ["First", "Pay", "Pack"]), ("Use", ["First"])]


def test_a_lane_is_dropped_before_another_one_or_at_the_end(desk, world):
    def shown():
        with world.inside():
            return [row.key for row in lanes.rows(desk.map) if not row.is_hidden]

    def drop(key, before):
        url = f"/w/acme/maps/{desk.map.pk}/lanes/{key}/position/"
        return desk.client.post(url, {"before": before, "at": "map", "by": "drag"}, headers={"HX-Request": "true"})

    first, second, *rest = shown()
    answer = drop(second, first)
    assert shown() == [second, first, *rest]
    assert "Moved “" in answer.content.decode()
    drop(second, "")
    assert shown() == [first, *rest, second]
    assert drop(second, "nothing-of-the-kind").status_code == 409
    assert shown() == [first, *rest, second]
