"""Past twice its interval a number is stale wherever it stands, at the second; an open page learns it in a minute."""

import csv
import io
import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from insights.services import sources
from tests.insights.numbers import answers, new_kpi, told
from tests.world import lay_out

REFRESHED = datetime(2018, 5, 11, 6, tzinfo=UTC)
STILL_FRESH = REFRESHED + timedelta(hours=2)
STALE = STILL_FRESH + timedelta(seconds=1)
REASON = "The source refused the key on 12 May; last good value of 11 May"


def kpi_of(world, interval):
    with world.inside():
        kpi = new_kpi(world, interval_minutes=interval)
        told(kpi, {date(2018, 5, 7): answers(*[4] * 40), date(2018, 5, 11): answers(*[4] * 40)}, now=REFRESHED)
        kpi.map = lay_out("A trip", [kpi.touchpoint], world.ada)
    return kpi


@pytest.fixture
def kpi(world):
    return kpi_of(world, 60)


@pytest.fixture
def refused(world, kpi):
    with world.inside():
        at = datetime(2018, 5, 11, 22, 30, tzinfo=UTC)  # after midnight in Berlin
        sources.failed(kpi.source, trouble="The source refused the key.", run_path="runs/2/", at=at)
    return kpi


def pages(kpi):
    return {
        "list": "/w/acme/touchpoints/",
        "touchpoint": f"/w/acme/touchpoints/{kpi.touchpoint_id}/",
        "map": f"/w/acme/maps/{kpi.map.pk}/",
    }


def text_at(client, path, moment, **headers):
    with time_machine.travel(moment, tick=False):
        return client.get(path, headers=headers)


@pytest.mark.parametrize("page", ["list", "touchpoint", "map"])
def test_it_turns_stale_at_the_second_and_keeps_the_number(world, kpi, sign_in, page):
    with time_machine.travel(REFRESHED, tick=False):
        client = sign_in(world.vi)
    fresh = text_at(client, pages(kpi)[page], STILL_FRESH).content.decode()
    stale = text_at(client, pages(kpi)[page], STALE).content.decode()
    assert 'data-status="stale"' not in fresh
    assert 'data-status="stale"' in stale
    assert "4.00" in fresh
    assert "4.00" in stale


@pytest.mark.parametrize("page", ["list", "touchpoint", "map"])
def test_it_says_why_since_when_and_what_is_the_last_good_value(world, refused, sign_in, page):
    later = REFRESHED + timedelta(days=9)
    with time_machine.travel(later, tick=False):
        client = sign_in(world.vi)
    assert REASON in text_at(client, pages(refused)[page], later).content.decode()


def test_the_file_says_the_same(world, refused, sign_in):
    later = REFRESHED + timedelta(days=9)
    with time_machine.travel(later, tick=False):
        client = sign_in(world.vi)
        answer = client.get("/w/acme/touchpoints.csv")
        rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    cells = {name.rpartition(": ")[2]: value for name, value in rows[0].items()}
    assert (cells["freshness"], cells["why stale"], cells["trust"]) == ("stale", REASON, "unconfirmed")
    assert float(cells["value"]) == 4


def test_the_same_failure_again_keeps_the_day_it_began(world, refused):
    with world.inside():
        again = datetime(2018, 5, 15, tzinfo=UTC)
        sources.failed(refused.source, trouble="The source refused the key.", run_path="runs/3/", at=again)
        refused.source.refresh_from_db()
        assert refused.source.trouble_at.day == 11
        sources.failed(refused.source, trouble="The source is away.", run_path="runs/4/", at=again)
        refused.source.refresh_from_db()
        assert refused.source.trouble_at == again
        sources.refreshed(refused.source, at=again, data_through=None, run_path="runs/5/")
        refused.source.refresh_from_db()
        assert (refused.source.trouble, refused.source.trouble_at) == ("", None)


def polled(text):
    """What an open page asks, and what it says it has seen."""
    poll = re.search(r'<div id="poll".*?></div>', text, re.S)
    assert poll, "The page does not poll."
    assert int(re.search(r'hx-trigger="every (\d+)s"', poll[0])[1]) < 60
    return re.search(r'hx-get="([^"]+)"', poll[0])[1], re.search(r'"X-Seen": "(\w+)"', poll[0])[1]


@pytest.mark.parametrize("page", ["list", "touchpoint", "map"])
def test_an_open_page_asks_and_gets_nothing_until_it_is_stale(world, kpi, sign_in, page):
    with time_machine.travel(REFRESHED, tick=False):
        client = sign_in(world.vi)
    path, seen = polled(text_at(client, pages(kpi)[page], REFRESHED).content.decode())
    asks = {"HX-Request": "true", "X-Seen": seen}
    nothing = text_at(client, path, STILL_FRESH, **asks)
    assert (nothing.status_code, nothing.content) == (204, b"")
    news = text_at(client, path, STALE, **asks)
    assert news.status_code == 200
    assert 'data-status="stale"' in news.content.decode()
    assert "<html" not in news.content.decode()
    assert polled(news.content.decode())[1] != seen


def test_the_answer_of_a_touchpoint_page_is_its_tiles_alone_each_in_its_place(world, kpi, sign_in):
    with time_machine.travel(REFRESHED, tick=False):
        client = sign_in(world.vi)
    news = text_at(client, pages(kpi)["touchpoint"], STALE, **{"HX-Request": "true"}).content.decode()
    assert re.search(rf'<article [^>]*id="kpi-{kpi.pk}-tile" hx-swap-oob="true"', news)
    assert "<form" not in news
    assert "trend" not in news


def test_the_map_swaps_its_kpi_lane(world, kpi, sign_in):
    with time_machine.travel(REFRESHED, tick=False):
        client = sign_in(world.vi)
    page = text_at(client, pages(kpi)["map"], REFRESHED).content.decode()
    assert 'hx-select="#lane-kpis" hx-select-oob="#poll"' in page
    assert page.count('id="lane-kpis"') == 1


@pytest.mark.parametrize("page", ["list", "touchpoint", "map"])
def test_a_page_of_one_off_imports_never_asks(world, sign_in, page):
    old = kpi_of(world, None)
    text = sign_in(world.vi).get(pages(old)[page]).content.decode()
    assert 'id="poll"' not in text
    assert 'data-status="stale"' not in text
