"""The touchpoint page: its KPIs with value, status word, sample, trend and table, source and run; honest when stale."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from insights.measures.parts import ScoreParts
from insights.services import kpis, sources
from tests.insights.numbers import answers, new_kpi, told
from tests.world import CANARY

MAY = date(2018, 5, 7)
GOOD = ScoreParts({5: 60, 4: 40}, asked=200)


@pytest.fixture
def page(world, sign_in):
    client = sign_in(world.vi)

    def _page(kpi, query=""):
        answer = client.get(f"/w/acme/touchpoints/{kpi.touchpoint_id}/{query}")
        assert answer.status_code == 200
        return answer.content.decode()

    return _page


@pytest.fixture
def kpi(world):
    with world.inside():
        kpi = new_kpi(world)
        told(kpi, {date(2017, 5, 1): answers(*[3] * 50), MAY: GOOD})
        kpis.set_target(kpi=kpi, value=4, valid_from=date(2018, 1, 1), by=world.ada)
        return kpi


def test_shows_value_status_sample_target_source_and_run(kpi, page):
    text = page(kpi)
    for words in ("4.60", "of 5", "On target", "100 of 200 answered (50 %)", "Target 4.00", "Survey"):
        assert words in text
    assert 'href="/w/acme/runs/1/"' in text
    assert CANARY not in text


def test_the_trend_has_a_table_with_each_period(kpi, page):
    text = page(kpi)
    table = text[text.index("<table") :]
    for words in ("2017", "3.00", "2018", "4.60"):
        assert words in table


def test_the_period_of_the_address_is_looked_at(kpi, page):
    assert "May 2017" in page(kpi, "?per=month&at=2017-05-20")
    assert "3.00" in page(kpi, "?per=day&at=2017-05-01")
    assert "No answers in Jun 2018; showing May 2018" in page(kpi, "?per=month&at=2018-06-01")


def test_weights_stand_beside_the_headline_and_in_the_table(world, kpi, page):
    with world.inside():
        weighted = new_kpi(world, "csat_top2")
        told(weighted, {MAY: answers(5, 1, weights=[3, 1])})
    assert page(kpi).count("Weighted 75.0") >= 2


def test_a_one_off_import_is_historical_and_never_stale(kpi, page):
    text = page(kpi)
    assert 'data-freshness="historical"' in text
    assert "Stale" not in text


def test_a_stale_source_says_why_and_keeps_the_number(world, kpi, page):
    with world.inside():
        late = sources.create("Phone system", interval_minutes=60, by=world.ada)
        sources.refreshed(late, at=timezone.now() - timedelta(days=12), data_through=MAY, run_path="")
        kpi.source = late
        kpi.save()
        assert "12 days old" in page(kpi)
        assert "4.60" in page(kpi)
        sources.failed(late, trouble="The key <b>was</b> refused.", run_path="")
    text = page(kpi)
    assert 'data-freshness="stale"' in text
    assert "The key &lt;b&gt;was&lt;/b&gt; refused on " in text


def test_a_touchpoint_without_kpis_says_what_to_do(world, page):
    with world.inside():
        kpi = new_kpi(world)
        touchpoint = kpi.touchpoint_id
        kpi.delete()
        kpi.touchpoint_id = touchpoint
    assert "No KPIs linked yet" in page(kpi)


def test_a_kpi_without_readings_says_no_data_and_never_0(world, page):
    with world.inside():
        kpi = new_kpi(world)
    text = page(kpi)
    assert "No data" in text
    assert "0.00" not in text


@pytest.mark.parametrize("per", ["day", "month", "year"])
def test_asks_as_many_queries_for_one_kpi_as_for_six(world, kpi, page, per):
    with CaptureQueriesContext(connection) as one:
        page(kpi, f"?per={per}&at=2018-05-07")
    with world.inside():
        for slug in ("csat_top2", "csat_mean", "csat_top2", "csat_mean", "csat_top2"):
            told(new_kpi(world, slug), {MAY: GOOD})
    with CaptureQueriesContext(connection) as six:
        page(kpi, f"?per={per}&at=2018-05-07")
    assert len(six) <= len(one)


def test_the_list_shows_the_same_figures(world, kpi, sign_in):
    text = sign_in(world.vi).get("/w/acme/touchpoints/").content.decode()
    for words in ("Satisfaction, mean score", "4.60", "On target"):
        assert words in text
    assert "Column(" not in text
