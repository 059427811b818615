"""What a delivery costs: statements by KPI, never by day; and what is said again is not written again."""

from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from insights.models import Reading, ReadingPart
from tests.insights.numbers import NOW, answers, new_kpi, told

FIRST = date(2018, 1, 1)


def test_a_year_takes_as_many_statements_as_a_week(inside):
    counts = []
    for length in (7, 365):
        kpi = new_kpi(inside)
        with CaptureQueriesContext(connection) as sent:
            told(kpi, days(length))
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_the_same_again_writes_no_part_and_no_settled_reading(inside):
    kpi = new_kpi(inside)
    part = told(kpi, days(30))
    before = versions()
    told(kpi, days(30), part_of=part, now=NOW + timedelta(days=400))
    again = versions()
    assert again["parts"] == before["parts"]
    changed = {key for key in before["readings"] if before["readings"][key] != again["readings"][key]}
    assert changed == {("year", FIRST)}  # on 31 December it was not over yet


def test_an_open_period_is_confirmed_again_though_it_says_the_same(inside):
    kpi = new_kpi(inside)
    part = told(kpi, days(1), now=NOW.replace(month=1, day=1))
    told(kpi, days(1), part_of=part, now=NOW)
    assert set(Reading.objects.values_list("written_at", flat=True)) == {NOW}


def test_one_changed_day_is_written_and_the_others_stay(inside):
    kpi = new_kpi(inside)
    part = told(kpi, days(30))
    before = versions()
    told(kpi, {**days(30), FIRST: answers(1)}, part_of=part)
    again = versions()
    assert {day for day in before["parts"] if before["parts"][day] != again["parts"][day]} == {FIRST}
    rewritten = {key for key in before["readings"] if before["readings"][key] != again["readings"][key]}
    assert rewritten == {(grain, FIRST) for grain in ("day", "week", "month", "quarter", "year")}


def days(length):
    return {FIRST + timedelta(days=ahead): answers(4, 5) for ahead in range(length)}


def versions():
    """Return where each row lies: a row that is written again lies elsewhere."""
    where = "select {}, ctid::text from {}"
    with connection.cursor() as cursor:
        cursor.execute(where.format("starts_on", ReadingPart._meta.db_table))
        parts = dict(cursor.fetchall())
        cursor.execute(where.format("grain, starts_on", Reading._meta.db_table))
        readings = {row[:2]: row[2] for row in cursor.fetchall()}
    return {"parts": parts, "readings": readings}
