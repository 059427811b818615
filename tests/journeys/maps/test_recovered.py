"""A text whose lane or step was deleted meanwhile: kept, shown with whose and where, put elsewhere or discarded."""

import re

import pytest
from django.urls import reverse

from journeys.models import MapCell, RecoveredText
from journeys.queries.lanes import text_kind
from journeys.services import cells, lanes, snapshots, stages, steps
from orgs.models import AuditEntry
from tests.journeys.maps.test_cells import path, save
from tests.journeys.touchpoint_page.conftest import HTMX


@pytest.fixture
def lane(desk, world):
    with world.inside():
        return lanes.add(drawn=desk.map, kind=text_kind("thoughts"), by=world.max)


def form_of(desk, lane, step):
    """What the form of a cell sends beside its text."""
    text = desk.client.get(path(lane, step), headers=HTMX).content.decode()
    return {"version": 0, "of": re.search(r'name="of" value="([^"]+)"', text).group(1)}


def send(client, lane, step, form, text, headers=HTMX):
    return client.post(path(lane, step), {**form, "value": text}, headers=headers)


def kept(world):
    with world.inside():
        return list(RecoveredText.objects.order_by("pk").values_list("text", "lane_name", "step_name", "by"))


def delete(desk, world, what, lane):
    step = desk.first_step("Buy")
    with world.inside():
        if what == "lane":
            return lanes.delete(drawn=desk.map, key=str(lane.pk), by=world.ada)
        if what == "step":
            return steps.delete(step=step, version=desk.version, by=world.ada)
        return stages.delete(stage=step.stage, version=desk.version, by=world.ada)


@pytest.mark.parametrize("what", ["lane", "step", "stage"])
def test_what_is_typed_where_somebody_deletes_is_kept(desk, world, lane, what):
    step = desk.first_step("Buy")
    form = form_of(desk, lane, step)
    delete(desk, world, what, lane)
    answer = send(desk.client, lane, step, form, "Do not lose this")
    assert answer.status_code == 409
    text = answer.content.decode()
    assert f'id="cell-{lane.pk}-{step.pk}"' in text
    assert "was deleted meanwhile. Your text is kept." in text
    assert "Do not lose this" in text
    assert kept(world) == [("Do not lose this", "Thoughts", "First", world.max.pk)]
    listed = desk.client.get(desk.url("recovered")).content.decode()
    assert "Do not lose this" in listed
    assert "Max" in listed
    assert "1 recovered text<" in desk.client.get(desk.url("map")).content.decode()
    with world.inside():
        assert AuditEntry.objects.get(action="recovered.keep").after["text"] == "Do not lose this"


def test_what_goes_on_from_a_kept_text_takes_its_place_and_other_words_do_not(desk, world, lane):
    step = desk.first_step("Buy")
    form = form_of(desk, lane, step)
    delete(desk, world, "lane", lane)
    for text in ("Once", "Once upon", "Once upon", "Other words", " "):
        send(desk.client, lane, step, form, text)
    assert [text for text, *_where in kept(world)] == ["Once upon", "Other words"]


def test_without_scripts_one_is_led_to_the_list(desk, world, lane):
    step = desk.first_step("Buy")
    form = form_of(desk, lane, step)
    delete(desk, world, "lane", lane)
    answer = send(desk.client, lane, step, form, "Late", headers={})
    assert answer.url == desk.url("recovered")
    assert "Your text is kept here" in desk.client.get(answer.url).content.decode()


def test_what_was_saved_before_is_in_what_undo_puts_back(desk, world, lane):
    step = desk.first_step("Buy")
    save(desk.client, lane, step, "Saved")
    entry = delete(desk, world, "lane", lane)
    with world.inside():
        snapshots.undo(drawn=desk.map, entry=entry, by=world.max)
        assert MapCell.objects.get().text == "Saved"
    assert kept(world) == []


@pytest.fixture
def late(desk, world, lane):
    """A text of Max that was recovered."""
    step = desk.first_step("Buy")
    form = form_of(desk, lane, step)
    delete(desk, world, "lane", lane)
    send(desk.client, lane, step, form, "Late")
    with world.inside():
        return RecoveredText.objects.get()


def test_it_goes_into_another_cell_below_what_stands_there(desk, world, late):
    step = desk.first_step("Use")
    with world.inside():
        other = lanes.add(drawn=desk.map, kind=text_kind("quotes"), by=world.max)
        cells.write(lane=other, step=step, text="First", version=0, by=world.ada)
    answer = desk.post("recovered_cell", late, lane=other.pk, step=step.pk, htmx=False)
    assert answer.url.endswith(f"#cell-{other.pk}-{step.pk}")
    assert kept(world) == []
    with world.inside():
        assert MapCell.objects.get(lane=other, step=step).text == "First\n\nLate"


def test_it_is_discarded_and_stays_in_history(desk, world, late):
    desk.post("recovered_removal", late, htmx=False)
    assert kept(world) == []
    with world.inside():
        assert AuditEntry.objects.get(action="recovered.discard").before["text"] == "Late"


def test_a_cell_that_cannot_take_it_is_explained_and_the_text_stays(desk, world, late):
    with world.inside():
        curve = lanes.add(drawn=desk.map, kind=text_kind("emotions"), by=world.max)
    where = {"lane": curve.pk, "step": desk.first_step("Use").pk}
    for data, words in ((where, "Choose one of what is offered."), ({}, "Choose a lane and a step of this map.")):
        answer = desk.post("recovered_cell", late, htmx=False, **data)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert len(kept(world)) == 1


def test_a_browser_gives_what_it_kept_only_if_the_cell_is_gone(desk, world, lane):
    form = form_of(desk, lane, desk.first_step("Buy")) | {"value": "In a closed tab"}
    assert desk.client.post(desk.url("recovered"), form, headers=HTMX).status_code == 204
    assert kept(world) == []
    delete(desk, world, "step", lane)
    assert desk.client.post(desk.url("recovered"), form, headers=HTMX).status_code == 201
    assert [text for text, *_where in kept(world)] == ["In a closed tab"]


def test_a_form_that_was_tampered_with_keeps_nothing(desk, world, lane):
    step = desk.first_step("Buy")
    form = form_of(desk, lane, step)
    delete(desk, world, "lane", lane)
    assert send(desk.client, lane, step, {**form, "of": form["of"] + "x"}, "Late").status_code == 404
    assert desk.client.post(desk.url("recovered"), {"value": "Late", "of": "x"}).status_code == 204
    assert kept(world) == []


def test_a_viewer_and_an_outsider_keep_and_find_nothing(desk, world, lane, sign_in):
    step = desk.first_step("Buy")
    form = form_of(desk, lane, step)
    delete(desk, world, "lane", lane)
    send(desk.client, lane, step, form, "Among us")
    with world.inside():
        found = RecoveredText.objects.get()
    for person, status in ((world.vi, 403), (world.ann, 404)):
        client = sign_in(person)
        assert send(client, lane, step, form, "Mine").status_code == status
        answers = [client.get(desk.url("recovered")), client.post(desk.url("recovered_removal", found))]
        assert [answer.status_code for answer in answers] == [status, status]
        assert "Among us" not in answers[0].content.decode()
    assert len(kept(world)) == 1


def test_what_was_to_be_seen_on_a_picture_is_kept_as_texts_are(desk, world):
    with world.inside():
        board = lanes.add(drawn=desk.map, kind=text_kind("storyboard"), by=world.max)
        quotes = lanes.add(drawn=desk.map, kind=text_kind("quotes"), by=world.max)
    step = desk.first_step("Buy")
    url = reverse("map_picture", args=["acme", board.pk, step.pk])
    of = re.search(r'name="of" value="([^"]+)"', desk.client.get(url).content.decode()).group(1)
    with world.inside():
        lanes.delete(drawn=desk.map, key=str(board.pk), by=world.ada)
    in_drawer = HTMX | {"HX-Target": "drawer-body"}
    answer = desk.client.post(url, {"of": of, "alt": "A queue at the till", "version": 0}, headers=in_drawer)
    assert answer.status_code == 409
    assert "A queue at the till" in answer.content.decode()
    assert 'id="drawer-title"' in answer.content.decode()
    assert [text for text, *_where in kept(world)] == ["A queue at the till"]
    listed = desk.client.get(desk.url("recovered")).content.decode()
    assert "A queue at the till</textarea>" in listed
    assert listed.count("data-copy=") == 1
    with world.inside():
        found = RecoveredText.objects.get()
    desk.post("recovered_cell", found, lane=quotes.pk, step=step.pk, htmx=False)
    with world.inside():
        assert MapCell.objects.get(lane=quotes).text == "A queue at the till"
