"""When clocks change, an answer still belongs to the workspace's own day, of 23 or 25 hours."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from connectors.systems.file.dates import Dates
from insights.models import Reading
from tests.connectors.desk import bring, csv_of


def hours_around(day):
    """Each hour of three days around this one, in UTC."""
    first = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=1)
    return [first + timedelta(hours=n) for n in range(72)]


@pytest.mark.parametrize("written", ["utc", "local offset"])
@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", date(2018, 3, 25), 23),
        ("Europe/Berlin", date(2018, 10, 28), 25),
        ("America/Los_Angeles", date(2018, 3, 11), 23),
        ("America/Los_Angeles", date(2018, 11, 4), 25),
        ("Australia/Lord_Howe", date(2018, 10, 7), 23.5),
        ("America/Sao_Paulo", date(2018, 11, 4), 23),  # midnight itself does not exist
    ],
)
def test_each_half_hour_lands_on_the_local_day(zone, day, hours, written):
    local = ZoneInfo(zone)
    moments = [at + timedelta(minutes=half) for at in hours_around(day) for half in (0, 30)]
    texts = [(at if written == "utc" else at.astimezone(local)).isoformat() for at in moments]
    read = Counter(Dates("iso", local).day(text) for text in texts)
    assert read[day] == hours * 2
    assert read[day - timedelta(days=1)] + read[day + timedelta(days=1)] + read[day] >= 2 * 60


@pytest.mark.parametrize(("day", "hours"), [(date(2018, 3, 25), 23), (date(2018, 10, 28), 25)])
def test_a_file_of_hourly_answers_fills_its_days_with_23_and_25(world, day, hours):
    rows = [("Desk", at.isoformat(), 4) for at in hours_around(day)]
    run = bring(world, csv_of(*rows))
    assert run.state == "done", run.message
    with world.inside():
        found = Reading.objects.filter(grain="day").values_list("starts_on", "answered")
        assert dict(found)[day] == hours
        month = Reading.objects.filter(grain="month").values_list("answered", flat=True)
        assert sum(month) == 72
