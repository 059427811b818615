"""One cell of a map: written in its place, each with its own version; nothing anybody typed is lost."""

import re
import threading

import pytest
from django.db import connection

from journeys.models import Map, MapCell, MapLane
from journeys.queries.lanes import text_kind
from journeys.services import cells, lanes
from orgs.models import AuditEntry
from orgs.scope import scope
from tests.journeys.maps.conftest import Desk
from tests.journeys.touchpoint_page.conftest import HTMX, signed_in, version_in
from tests.world import CANARY

TOKEN = "a-token-of-a-save"


@pytest.fixture
def lane(desk, world):
    with world.inside():
        return lanes.add(drawn=desk.map, kind=text_kind("thoughts"), by=world.max)


def path(lane, step):
    return f"/w/acme/lanes/{lane.pk}/cells/{step.pk}/"


def save(client, lane, step, text, version=0, token="", headers=HTMX):
    data = {"value": text, "version": version, "save": token}
    return client.post(path(lane, step), data, headers=headers)


def text_of(world, lane, step):
    with world.inside():
        return MapCell.objects.get(lane=lane, step=step).text


def test_a_cell_is_written_and_says_so(desk, world, lane):
    step, before = desk.first_step("Buy"), desk.version
    form = desk.client.get(path(lane, step), headers=HTMX).content.decode()
    assert version_in(form) == 0
    assert "What the customer thinks" in form
    answer = save(desk.client, lane, step, "  Is it safe?\r\nHow long? ")
    assert answer.status_code == 200
    assert version_in(answer.content.decode()) == 1
    assert re.search(r"Saved \d\d:\d\d", answer.content.decode())
    assert text_of(world, lane, step) == "Is it safe?\nHow long?"
    assert desk.version == before
    assert "Is it safe?" in desk.client.get(desk.url("map")).content.decode()
    with world.inside():
        entry = AuditEntry.objects.filter(action="cell.write").first()
        assert (entry.actor, entry.before, entry.after["text"]) == (world.max, {"text": ""}, "Is it safe?\nHow long?")
        assert Map.objects.get(pk=desk.map.pk).version == desk.map.version


def test_the_same_words_are_no_edit(desk, world, lane):
    step = desk.first_step("Buy")
    save(desk.client, lane, step, "Same")
    assert version_in(save(desk.client, lane, step, "Same", 0).content.decode()) == 1
    with world.inside():
        assert AuditEntry.objects.filter(action="cell.write").count() == 1


def test_a_save_that_comes_twice_counts_once(desk, world, lane):
    step = desk.first_step("Buy")
    for _time in range(2):
        answer = save(desk.client, lane, step, "Once", 0, TOKEN)
        assert (answer.status_code, version_in(answer.content.decode())) == (200, 1)
    save(signed_in(world.ada), lane, step, "Then Ada", 1)
    late = save(desk.client, lane, step, "Once", 0, TOKEN)
    assert late.status_code == 200
    assert "changed by somebody else since then" in late.content.decode()
    assert version_in(late.content.decode()) == 0
    assert text_of(world, lane, step) == "Then Ada"


def test_two_people_in_one_cell_see_both_texts(desk, world, lane):
    step = desk.first_step("Buy")
    save(signed_in(world.ada), lane, step, "Ada's words")
    answer = save(desk.client, lane, step, "Max's words")
    words = answer.content.decode()
    assert answer.status_code == 409
    assert "Ada&#x27;s words" in words
    assert "Max&#x27;s words" in words
    assert "Ada Admin changed this meanwhile" in words
    assert text_of(world, lane, step) == "Ada's words"
    again = save(desk.client, lane, step, "Max's words", version_in(words))
    assert again.status_code == 200
    assert text_of(world, lane, step) == "Max's words"


def test_two_people_in_two_cells_never_meet(desk, world, lane):
    here, there = desk.first_step("Buy"), desk.first_step("Use")
    assert save(signed_in(world.ada), lane, here, "Ada").status_code == 200
    assert save(desk.client, lane, there, "Max").status_code == 200
    assert (text_of(world, lane, here), text_of(world, lane, there)) == ("Ada", "Max")


def test_a_text_that_is_too_long_is_explained_and_stays(desk, lane):
    answer = save(desk.client, lane, desk.first_step("Buy"), "x" * 2001)
    assert answer.status_code == 422
    assert "Use at most 2000 characters; this has 2001." in answer.content.decode()
    assert "x" * 2001 in answer.content.decode()


def test_a_deleted_lane_or_step_takes_no_text(desk, world, lane):
    step = desk.first_step("Buy")
    with world.inside():
        MapLane.objects.filter(pk=lane.pk).delete()
        with pytest.raises(cells.CellIsGone):
            cells.write(lane=lane, step=step, text="Late", version=0, by=world.max)
    assert save(desk.client, lane, step, "Late").status_code == 404


def test_a_step_of_another_map_is_not_found(desk, world, lane):
    other = world.umbra_rows
    assert desk.client.post(path(lane, other["step"]), {"value": "x"}, headers=HTMX).status_code == 404
    assert desk.client.get(path(other["lane"], other["step"]), headers=HTMX).status_code == 404


@pytest.mark.parametrize("person", ["lea", "vi", "eli"])
def test_others_read_but_may_not_write(desk, world, lane, person):
    step = desk.first_step("Buy")
    save(desk.client, lane, step, "To read")
    client = signed_in(world.cast[person])
    assert "To read" in client.get(desk.url("map")).content.decode()
    shown = client.get(f"{path(lane, step)}?show=yes", headers=HTMX).content.decode()
    assert "To read" in shown
    assert "inline-edit" not in shown
    assert client.get(path(lane, step), headers=HTMX).status_code == 403
    assert save(client, lane, step, "Mine", 1).status_code == 403
    assert text_of(world, lane, step) == "To read"


def test_an_outsider_sees_nothing(desk, world, lane):
    step = desk.first_step("Buy")
    assert save(signed_in(world.ann), lane, step, "Mine").status_code == 404
    assert CANARY not in desk.client.get(path(lane, step)).content.decode()


def test_without_scripts_a_cell_is_a_page(desk, world, lane):
    step = desk.first_step("Buy")
    assert "<html" in desk.client.get(path(lane, step)).content.decode()
    answer = save(desk.client, lane, step, "Plain", headers={})
    assert answer["Location"] == f"{desk.url('map')}#cell-{lane.pk}-{step.pk}"
    assert text_of(world, lane, step) == "Plain"
    conflict = save(signed_in(world.ada), lane, step, "Other", headers={})
    assert conflict.status_code == 409
    assert "<html" in conflict.content.decode()


def test_an_edit_moves_at_most_5_kb_each_way(desk, lane):
    step = desk.first_step("Buy")
    form = desk.client.get(path(lane, step), headers=HTMX)
    saved = save(desk.client, lane, step, "x" * 300)
    assert len(form.content) <= 5 * 1024
    assert len(saved.content) <= 5 * 1024


class TestAtTheSameMoment:
    """Real threads on real transactions: what was accepted is there, what was refused was shown."""

    @pytest.fixture
    def desk(self, committed_world):
        return Desk(committed_world, signed_in(committed_world.max))

    @pytest.fixture
    def lane(self, desk):
        with desk.world.inside():
            return lanes.add(drawn=desk.map, kind=text_kind("thoughts"), by=desk.world.max)

    def at_once(self, world, writes):
        """Each of (member, lane, step, text) at once, from version 0. Returns the outcomes in order."""
        gate, outcomes = threading.Barrier(len(writes)), [None] * len(writes)

        def run(at, member, lane, step, text):
            try:
                gate.wait()
                with scope(world.acme.pk):
                    cells.write(lane=lane, step=step, text=text, version=0, by=member)
                outcomes[at] = "saved"
            except cells.CellChanged as changed:
                outcomes[at] = ("refused", changed.cell.text, changed.mine)
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=(at, *each)) for at, each in enumerate(writes)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return outcomes

    def test_one_cell_takes_one_and_shows_the_other_both(self, desk, lane):
        world, step = desk.world, desk.first_step("Buy")
        outcomes = self.at_once(world, [(world.max, lane, step, "Max"), (world.ada, lane, step, "Ada")])
        kept = text_of(world, lane, step)
        other = {"Max": "Ada", "Ada": "Max"}[kept]
        assert sorted(outcomes, key=str) == [("refused", kept, other), "saved"]

    def test_many_cells_take_all(self, desk, lane):
        world = desk.world
        for number in range(6):
            desk.add_step("Buy", f"Step {number}")
        steps = [desk.step(f"Step {number}") for number in range(6)]
        people = [world.max, world.ada]
        writes = [(people[at % 2], lane, step, f"Text {at}") for at, step in enumerate(steps)]
        assert self.at_once(world, writes) == ["saved"] * 6
        assert [text_of(world, lane, step) for step in steps] == [f"Text {at}" for at in range(6)]

    def test_a_text_is_in_the_deleted_lane_or_was_refused(self, desk, lane):
        """Deleting a lane and writing in it at once: the deletion keeps the text, or the writer is told."""
        world, step = desk.world, desk.first_step("Buy")
        gate, told = threading.Barrier(2), []

        def write():
            try:
                gate.wait()
                with scope(world.acme.pk):
                    cells.write(lane=lane, step=step, text="Late", version=0, by=world.max)
                told.append("saved")
            except cells.CellIsGone:
                told.append("gone")
            finally:
                connection.close()

        def delete():
            try:
                gate.wait()
                with scope(world.acme.pk):
                    lanes.delete(drawn=desk.map, key=str(lane.pk), by=world.ada)
            finally:
                connection.close()

        threads = [threading.Thread(target=each) for each in (write, delete)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with world.inside():
            held = [cell["text"] for cell in AuditEntry.objects.get(action="lane.delete").before["cells"]]
        assert (told, held) in ((["saved"], ["Late"]), (["gone"], []))
