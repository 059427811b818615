"""A KPI by segment: side by side with its figures, one of them on the chart by its address, and what is not there."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from insights.pipelines.readings import Entry, replace
from tests.insights.numbers import NOW, answers

MAY, APRIL = date(2018, 5, 7), date(2018, 4, 7)
LOOK = "?per=month&at=2018-05-07"
TRUTH = """
    select segment, value, low, high, answered from insights_reading
    where kpi_id = %s and grain = 'month' and starts_on = '2018-05-01' and segment <> '' order by segment
"""


def tell(kpi, said):
    """Say scores by day and segment."""
    entries = [Entry(kpi.pk, "day", day, segment, answers(*scores)) for (day, segment), scores in said.items()]
    replace(uuid4(), entries, now=NOW)


@pytest.fixture
def split(world, kpi):
    """Business travellers are content and families are not; few of the others answered, and pilots did in April."""
    with world.inside():
        said = {(day, "Business"): [5] * 40 + [4] * 10 for day in (APRIL, MAY)}
        said |= {(MAY, "Families"): [1] * 50 + [2] * 20, (MAY, "Others"): [5] * 4, (APRIL, "Pilots"): [4] * 50}
        tell(kpi, said)
        return kpi


def table(text):
    part = text.split('id="segments"')[1].split("</section>")[0].split("<tbody>")[1]
    return {re.search(r"<bdi>([^<]*)</bdi>", row)[1]: row for row in part.split("</tr>")[:-1]}


def test_segments_stand_side_by_side_with_what_sql_finds(world, split, page):
    found = table(page(split, LOOK))
    with world.inside(), connection.cursor() as cursor:
        cursor.execute(TRUTH, [split.pk])
        truth = cursor.fetchall()
    assert [row[0] for row in truth] == ["Business", "Families", "Others"]
    for name, value, low, high, answered in truth:
        for words in (f"{value:.2f}", f"{low:.2f} – {high:.2f}", f"{answered} answers"):
            assert words in found[name]
    for name, status in {
        "Business": "on_target",
        "Families": "off_target",
        "Others": "too_few",
        "Pilots": "no_data",
    }.items():
        assert f'data-status="{status}"' in found[name]
    assert '<svg class="spark"' in found["Business"]
    assert '<svg class="spark"' not in found["Others"]


def test_one_segment_is_drawn_by_its_address_and_the_card_stays_everybodys(split, page):
    text = page(split, f"{LOOK}&segment=Families")
    said = text.split("data-trend=")[1].split("<p")[0]
    assert "May 2018: 1.29" in said
    assert '<span class="kpi-value">4.60' in text
    assert "Show everybody" in text
    assert "chart.svg?per=month&amp;at=2018-05-07&amp;segment=Families" in text
    assert "May 2018: 4.60" in page(split, LOOK).split("data-trend=")[1].split("<p")[0]


def test_a_segment_of_earlier_periods_is_known(split, page):
    assert "has no segment" not in page(split, "?per=month&at=2021-05-07&segment=Pilots")


@pytest.mark.parametrize("name", ["Nobody", "<script>alert(1)</script>", "x" * 500, "%00x", "families"])
def test_an_unknown_segment_is_said_and_everybody_is_shown(split, page, name):
    text = page(split, f"{LOOK}&segment={name}")
    assert "This number has no segment" in text
    assert "May 2018: 4.60" in text
    assert "<script>alert" not in text


@pytest.mark.parametrize("kind", ["chart.svg", "chart.png", "readings.csv"])
def test_a_file_of_an_unknown_segment_is_no_address(world, split, sign_in, kind):
    client = sign_in(world.vi)
    assert client.get(f"/w/acme/kpis/{split.pk}/{kind}{LOOK}&segment=Nobody").status_code == 404
    answer = client.get(f"/w/acme/kpis/{split.pk}/{kind}{LOOK}&segment=Families")
    assert answer.status_code == 200
    if kind != "chart.png":
        assert "Families" in b"".join(answer).decode()


def test_a_number_that_nobody_tells_apart_shows_no_segments(kpi, page):
    assert 'id="segments"' not in page(kpi, LOOK)


def test_many_segments_are_cut_and_ask_no_more_queries(world, split, sign_in):
    client, path = sign_in(world.vi), f"/w/acme/kpis/{split.pk}/{LOOK}"
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    with world.inside():
        tell(split, {(MAY, f"Segment {n:03}"): [4] * 30 for n in range(80)})
    with CaptureQueriesContext(connection) as many:
        text = client.get(path).content.decode()
    assert len(many) == len(few)
    assert len(table(text)) == 40
    assert "The first 40 segments, by name." in text
