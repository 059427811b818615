"""How the customer feels at each step: a value that is chosen, and a curve that shows no more than was said."""

import re

import pytest

from journeys.lanes import curves
from journeys.lanes.emotions import draw
from journeys.models import MapCell
from journeys.queries.lanes import text_kind
from journeys.registry import Score
from journeys.services import cells, lanes
from tests.journeys.maps.test_cells import path, save
from tests.journeys.touchpoint_page.conftest import HTMX, signed_in, version_in


@pytest.fixture
def lane(desk, world):
    with world.inside():
        return lanes.add(drawn=desk.map, kind=text_kind("emotions"), by=world.max)


def points(drawn_path):
    """Every point of the cubics of a path: where it begins and ends, and where it is pulled to."""
    numbers = [float(each) for each in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", drawn_path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def bezier(four, t):
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
    return tuple(sum(w * p[axis] for w, p in zip(weights, four, strict=True)) for axis in (0, 1))


class TestTheCurve:
    def test_goes_through_what_was_said(self):
        """+2, -1, 0 at heights 12, 69 and 50 of 100, worked by hand: 12 + 19 for each point below +2."""
        drawn = draw(["2", "-1", "0"])
        assert [each["points"][0]["number"] for each in drawn] == ["+2", "−1", "0"]
        assert points(drawn[0]["path"])[0] == (50, 12)
        assert points(drawn[1]["path"])[3:5] == [(50, 69), (50, 69)]
        assert points(drawn[2]["path"])[-1] == (50, 50)

    def test_parts_meet_between_the_cells(self):
        values = ["2", "-1", "0", "1", "1", "-2"]
        drawn = draw(values)
        for left, right in zip(drawn, drawn[1:], strict=False):
            (x, y), (to_x, to_y) = points(left["path"])[-1], points(right["path"])[0]
            assert (x, to_x) == (100, 0)
            assert y == pytest.approx(to_y)

    @pytest.mark.parametrize("values", ["2 -2 2 -2", "0 1 2 1 0", "2 2 -2 -2", "-2 -1 2 2", "1 0 1 0"])
    def test_never_goes_beyond_its_neighbours(self, values):
        kept = values.split()
        for each in draw(kept):
            held = points(each["path"])
            for start in range(0, len(held), 4):
                four = held[start : start + 4]
                low, high = sorted((four[0][1], four[3][1]))
                curve = [bezier(four, step / 20)[1] for step in range(21)]
                assert low - 0.01 <= min(curve)
                assert max(curve) <= high + 0.01

    def test_goes_through_both_points_of_a_step_and_stays_between_them(self):
        first, both, _last = draw(["2", "-2/1", "1"])
        at = [point[0] for point in points(both["path"])]
        assert points(both["path"])[3] == (28, 88)
        assert points(both["path"])[7] == (64, 31)
        assert min(at) == 0
        assert max(at) == 100
        assert points(first["path"])[-1][1] == pytest.approx(points(both["path"])[0][1], abs=0.01)

    def test_a_cut_cubic_is_the_same_curve(self):
        """Points of both pieces lie on the cubic that was cut, worked out from its own formula."""
        left, right = curves.parts([[(50, 12)], [(28, 88)]])
        whole = ((50, 12), (50 + 26, 12), (128 - 26, 88), (128, 88))
        share = 50 / 78
        for step in range(11):
            x, y = bezier(points(left), step / 10)
            assert (x, y) == pytest.approx(bezier(whole, share * step / 10), abs=0.05)
            x, y = bezier(points(right), step / 10)
            assert (x + 100, y) == pytest.approx(bezier(whole, share + (1 - share) * step / 10), abs=0.05)

    @pytest.mark.parametrize("values", ["2 -2/1 2/2", "1/-1 -1/1 0", "-2/-2 -1/0 2"])
    def test_never_goes_beyond_its_points_however_they_stand(self, values):
        kept = values.split()
        said = [int(each) for cell in kept for each in cell.split("/")]
        lowest, highest = (12 + 19 * (2 - each) for each in (max(said), min(said)))
        for each in draw(kept):
            held = points(each["path"])
            for start in range(0, len(held), 4):
                curve = [bezier(held[start : start + 4], step / 20)[1] for step in range(21)]
                assert lowest - 0.01 <= min(curve)
                assert max(curve) <= highest + 0.01

    def test_a_measured_score_stands_beside_what_is_felt_at_the_nearest_quarter(self):
        felt, alone = draw(["1", ""], [None, Score(-1.4, "NPS -70 points")])
        assert felt["measured"] is None
        assert alone["points"] == []
        assert alone["measured"] == {"level": "-1.5", "number": "−1.4", "words": "NPS -70 points"}

    def test_stops_where_nothing_is_said(self):
        first, gap, last = draw(["1", "", "1"])
        assert gap is None
        assert first["path"] == last["path"] == ""


def test_a_feeling_is_chosen_and_drawn(desk, world, lane):
    for stage, value in (("Find out", "1"), ("Buy", "-2"), ("Use", "2")):
        assert save(desk.client, lane, desk.first_step(stage), value).status_code == 200
    for client in (desk.client, signed_in(world.vi)):
        row = client.get(desk.url("map")).content.decode().partition(f'id="lane-{lane.pk}"')[2].partition("</tr>")[0]
        assert row.count("emotion-curve") == 3
        assert re.findall(r"(?<=<span>)[+−]\d", row) == ["+1", "−2", "+2"]
        assert "Very bad" in row


def test_the_form_offers_five_and_none(desk, lane):
    form = desk.client.get(path(lane, desk.first_step("Buy")), headers=HTMX)
    assert re.findall(r'<option value="([^"]*)"', form.content.decode()) == 4 * ["", "2", "1", "0", "-1", "-2"]
    assert re.findall(r'<label class="map-part" [^>]*>([^<]*)', form.content.decode()) == [
        "During",
        "After",
        "To be: during",
        "To be: after",
    ]


def test_during_and_after_as_is_and_to_be_are_one_cell(desk, world, lane):
    step = desk.first_step("Buy")
    answer = save(desk.client, lane, step, ["1", "", "", "2"])
    words = answer.content.decode()
    assert "During: Good · To be: after: Very good" in words
    with world.inside():
        assert MapCell.objects.get(step=step).text == "1///2"
    form = desk.client.get(path(lane, step), headers=HTMX).content.decode()
    assert re.findall(r'<option value="([^"]*)" selected', form) == ["1", "", "", "2"]
    assert save(desk.client, lane, step, ["1", "", "", ""], version_in(words)).status_code == 200
    with world.inside():
        assert MapCell.objects.get(step=step).text == "1"  # as it was kept before a cell had parts


def test_what_is_to_be_is_dashed_and_said(desk, world, lane):
    with world.inside():
        for stage, text in (("Find out", "0/1"), ("Buy", "-2//1"), ("Use", "1/1/1/1")):
            cells.write(lane=lane, step=desk.first_step(stage), text=text, version=0, by=world.max)
    page = signed_in(world.vi).get(desk.url("map")).content.decode()
    row = page.partition(f'id="lane-{lane.pk}"')[2].partition("</tr>")[0]
    assert row.count('class="emotion-to-be"') == 2  # Buy and Use; nothing is said of Find out
    assert "Dashed: to be" in row
    assert re.findall(r'emotion-point--to-be" data-level="([^"]*)"', row) == [
        "1"
    ]  # where it is the same, it stands once
    assert "During: Bad" not in row
    assert "During: Very bad · To be: during: Good" in row


@pytest.mark.parametrize("value", ["3", "good", "+1", "1.5", "1/2/0/1/1", "1/x", "1 2"])
def test_what_is_no_feeling_is_refused(desk, world, lane, value):
    answer = save(desk.client, lane, desk.first_step("Buy"), value)
    assert answer.status_code == 422
    assert "Choose one of what is offered" in answer.content.decode()
    with world.inside():
        assert not MapCell.objects.exclude(text="").exists()


def test_a_feeling_can_be_taken_back(desk, world, lane):
    step = desk.first_step("Buy")
    version = version_in(save(desk.client, lane, step, "1").content.decode())
    assert save(desk.client, lane, step, "", version).status_code == 200
    assert "emotion-point" not in desk.client.get(desk.url("map")).content.decode()


def test_two_people_see_both_in_words(desk, world, lane):
    step = desk.first_step("Buy")
    with world.inside():
        cells.write(lane=lane, step=step, text="-1", version=0, by=world.ada)
    answer = save(desk.client, lane, step, "2")
    assert answer.status_code == 409
    words = answer.content.decode()
    assert re.search(r"data-mine>Very good<", words)
    assert re.search(r"data-theirs>Bad<", words)
    assert re.search(r'<option value="2" selected', words)


def test_others_may_not(desk, world, lane):
    assert save(signed_in(world.vi), lane, desk.first_step("Buy"), "1").status_code == 403
