"""A real airport's ratings come again with one day's answers changed: that day and the periods around it move alone."""

import csv
import gzip
import io
from pathlib import Path

import pytest

from connectors.queries import previews
from insights.models import Reading, Restatement
from journeys.models import LifecyclePhase
from tests.connectors.desk import give, keep, work

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "sfo_airport_survey"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="The survey's data is not on this machine.")
PLACE, KEPT = "Free WiFi", 40  # days of the file that are given, so that the test takes seconds


def cut():
    """The file's rows of its first days, the same with one day's answers about one place changed, and that day."""
    with gzip.open(DATA / "interactions.csv.gz", "rt", newline="") as file:
        rows = list(csv.DictReader(file))
    days = sorted({row["occurred_at"][:10] for row in rows})[:KEPT]
    chosen = days[3]
    kept = [row for row in rows if row["occurred_at"][:10] in set(days)]
    return kept, [row | {"satisfaction": "1"} if is_of(row, chosen) else row for row in kept], chosen


def is_of(row, day):
    return row["occurred_at"].startswith(day) and row["touchpoint"] == PLACE


def bring(world, rows, feed=None):
    text = io.StringIO()
    table = csv.DictWriter(text, rows[0])
    table.writeheader()
    table.writerows(rows)
    data = gzip.compress(text.getvalue().encode())
    with world.inside():
        phase = LifecyclePhase.objects.get(position=4).pk
    file = keep(world, data)
    with world.inside():
        mapping = previews.preview(file).mapping.changed(map_title="A trip", phase_id=phase)
    return work(world, give(world, data, mapping, name="Ratings", feed=feed))


def numbers(world):
    with world.inside():
        rows = Reading.objects.values_list("kpi__touchpoint__name", "kpi__measure", "grain", "starts_on", "value")
        return {tuple(map(str, row[:4])): row[4] for row in rows}


def test_one_changed_day_moves_that_day_and_the_periods_around_it_and_is_marked_there(world, sign_in):
    rows, corrected, chosen = cut()
    first = bring(world, rows)
    before = numbers(world)
    run = bring(world, corrected, feed=first.feed)
    assert run.state == "done", run.message
    after = numbers(world)
    moved = {key for key in before if before[key] != after.get(key)}
    assert after.keys() == before.keys()
    assert {(key[0], key[2]) for key in moved} == {
        (PLACE, each) for each in ("day", "week", "month", "quarter", "year")
    }
    assert {key[3] for key in moved if key[2] == "day"} == {chosen}
    with world.inside():
        marked = Restatement.objects.values_list("kpi__touchpoint__name", "kpi__measure", "grain", "starts_on")
        assert {tuple(map(str, row)) for row in marked} == moved
        told = Restatement.objects.filter(grain="day").first()
        assert (told.run_path, told.reason) == (run.path, f"“{run.file}” replaced {KEPT} days")
        touchpoint = told.kpi.touchpoint_id
    page = sign_in(world.vi).get(f"/w/acme/touchpoints/{touchpoint}/?per=day&at={chosen}").content.decode()
    assert page.count('class="restated-line"') == 2  # once for each of its two KPIs
    assert page.count("replaced 40 days") >= 4  # on the mark and in the table
