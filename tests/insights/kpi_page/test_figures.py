"""What chart, table and file of a KPI's page say is what plain SQL finds; many readings ask for no more queries."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from insights.models import Kpi
from insights.services import trust, updates
from tests.insights.numbers import answers, new_kpi, told

TRUTH = """
    select r.starts_on, r.value, r.low, r.high, r.answered, r.asked,
        (select t.value from insights_kpitarget t where t.kpi_id = r.kpi_id and t.valid_from <= r.starts_on
            and coalesce(t.valid_until, 'infinity') >= r.starts_on)
    from insights_reading r where r.kpi_id = %s and r.grain = 'day' and r.segment = '' order by r.starts_on
"""


@pytest.fixture
def daily(world, kpi):
    """Forty days across a change of the target, one of them without answers."""
    with world.inside():
        days = {date(2017, 12, 12) + timedelta(n): answers(*[3 + n % 3] * (20 + n), asked=99) for n in range(40)}
        told(kpi, {day: parts for day, parts in days.items() if day != date(2017, 12, 20)})
        return kpi


def truth(world, kpi):
    with world.inside(), connection.cursor() as cursor:
        cursor.execute(TRUTH, [kpi.pk])
        rows = {row[0].isoformat(): row[1:] for row in cursor.fetchall()}
    return {day: row for day, row in rows.items() if "2017-12-12" <= day <= "2018-01-20"}


def test_the_file_says_what_sql_finds(world, daily, sign_in):
    answer = sign_in(world.vi).get(f"/w/acme/kpis/{daily.pk}/readings.csv?per=day&at=2018-01-20")
    assert answer["Content-Disposition"] == f'attachment; filename="kpi-{daily.pk}.csv"'
    rows = {row["First day"]: row for row in csv.DictReader(io.StringIO(answer.getvalue().decode()))}
    expected = truth(world, daily)
    assert len(expected) == 39
    for day, (value, low, high, answered, asked, target) in expected.items():
        row = rows[day]
        said = [float(row[name]) for name in ("Value", "95 % low", "95 % high", "Answered", "Asked", "Target")]
        assert said == pytest.approx([value, low, high, answered, asked, target]), day
    assert rows["2017-12-20"]["Value"] == ""


def test_the_table_and_the_words_of_the_chart_say_what_sql_finds(world, daily, page):
    text = page(daily, "?per=day&at=2018-01-20")
    table = text[text.index("<tbody") : text.index("</tbody>")]
    for value, *_rest, target in truth(world, daily).values():
        assert f'<td class="number">{value:.2f}</td>' in table
        assert f"target {target:.2f}" in text
    cells = re.findall(r'<td class="number">([^<]*)</td>', table)
    assert {"3.50", "4.00"} <= {cell.strip() for cell in cells[2::3]}  # the target of each half


def test_two_years_of_days_ask_as_many_queries_as_ten_and_draw_one_line(world, kpi, sign_in):
    client = sign_in(world.vi)
    path = f"/w/acme/kpis/{kpi.pk}/?per=day&at=2018-05-07"
    with world.inside():
        told(kpi, {date(2017, 5, 1) + timedelta(n): answers(*[4] * 30) for n in range(10)})  # restates the first day
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    with world.inside():
        told(kpi, {date(2016, 5, 8) + timedelta(n): answers(*[3 + n % 3] * 30) for n in range(729)})
    with CaptureQueriesContext(connection) as many:
        text = client.get(path).content.decode()
    assert len(many) == len(few)
    assert text.split('class="trend-plot"')[1].split("<figcaption")[0].count("<circle") <= 2


def test_the_run_before_lies_under_the_chart_and_is_said(world, kpi, page):
    with world.inside():
        told(kpi, {date(2016, 6, 1): answers(*[2] * 40), date(2016, 8, 1): answers(*[2] * 40)})
    text = page(kpi, "?per=month&at=2018-07-01")
    assert 'class="before"' in text
    assert "Jun 2016: 2.00" in text.split("data-trend=")[1].split("<p")[0] or "Aug 2016: 2.00" in text
    assert 'class="before"' not in page(kpi, "?per=year")


def test_history_tells_how_the_number_came_to_be_what_it_is(world, kpi, page):
    with world.inside():
        trust.name_owner(kpi=Kpi.objects.get(pk=kpi.pk), owner=None, by=world.max)
    text = page(kpi)
    history = text[text.index('id="definition-title"') :]
    for words in (
        "Ada Admin made this KPI, from Survey",
        "Ada Admin changed the target from 3.50 to 4.00, from 1 January 2018",
        "Max changed the owner from Con to nobody",
    ):
        assert words in history


def test_what_happened_stands_in_its_period_in_table_and_words(world, kpi, page):
    today = timezone.now().date()
    with world.inside():
        told(kpi, {today: answers(*[4] * 40)}, now=timezone.now())
        said = {"sentence": "The belt is mended.", "cause": "system", "recovery_on": None}
        updates.write(about=kpi, by=world.con, now=timezone.now(), **said)
    text = page(kpi, "?per=month")
    assert text.count("Con said: The belt is mended.") == 3  # the words of the chart, its mark, the table
    row = text[text.index("<tbody") : text.index("</tbody>")].split("</tr>")[0]
    assert "Con said: The belt is mended." in row
    assert "The belt is mended." not in page(kpi, "?per=month&at=2018-05-01").split('id="status-update-title"')[0]


def test_a_number_that_nobody_ever_read_has_no_chart_and_an_empty_file(world, sign_in):
    with world.inside():
        kpi = new_kpi(world, "csat_top2")
    client = sign_in(world.vi)
    assert "data-trend=" not in client.get(f"/w/acme/kpis/{kpi.pk}/").content.decode()
    rows = list(csv.DictReader(io.StringIO(client.get(f"/w/acme/kpis/{kpi.pk}/readings.csv").getvalue().decode())))
    assert {row["Value"] for row in rows} == {""}


def test_an_outsider_gets_no_file(world, kpi, sign_in):
    assert sign_in(world.ann).get(f"/w/acme/kpis/{kpi.pk}/readings.csv").status_code == 404
