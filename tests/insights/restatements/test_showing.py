"""A restated period has a mark on the trend, a cell in its table with old, new, date and reason, and a line below."""

from datetime import UTC, date, datetime, timedelta

import pytest

from insights.services import kpis
from tests.insights.numbers import answers, new_kpi, told
from tests.world import ACME_CANARY

FIRST = datetime(2018, 6, 10, 12, tzinfo=UTC)
MAY7 = date(2018, 5, 7)
SENTENCE = "Restated on 13 Jun 2018: 4.50 became 5.00."


@pytest.fixture
def restated(world):
    with world.inside():
        kpi = new_kpi(world)
        part = told(kpi, {MAY7: answers(5, 4), date(2018, 5, 8): answers(4)}, now=FIRST)
        told(kpi, {MAY7: answers(5, 5), date(2018, 5, 8): answers(4)}, part_of=part, now=FIRST + timedelta(days=3))
        return kpi


def page(client, kpi, query="?per=day&at=2018-05-08"):
    answer = client.get(f"/w/acme/touchpoints/{kpi.touchpoint_id}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_trend_its_table_and_the_list_say_it(world, restated, sign_in):
    text = page(sign_in(world.vi), restated)
    assert text.count('class="restated-line"') == 1
    assert f"<title>7 May 2018: {SENTENCE}" in text
    assert f"<td>{SENTENCE}" in text
    assert "1 restatement<" in text
    assert '<th scope="col">Restated</th>' in text


def test_a_small_change_is_shown_with_the_decimals_it_takes(world, sign_in):
    with world.inside():
        kpi = new_kpi(world)
        part = told(kpi, {MAY7: answers(*[5] * 999, 4)}, now=FIRST)
        told(kpi, {MAY7: answers(*[5] * 998, 4, 4)}, part_of=part, now=FIRST + timedelta(days=3))
    assert "4.999 became 4.998." in page(sign_in(world.vi), kpi)


def test_a_number_taken_back_keeps_its_mark(world, restated, sign_in):
    with world.inside():
        part = restated.parts.first().part_of
        told(restated, {date(2018, 5, 8): answers(4)}, part_of=part, now=FIRST + timedelta(days=4))
    text = page(sign_in(world.vi), restated)
    assert "5.00 became no data." in text
    assert text.count('class="restated-line"') == 1


def test_a_kpi_that_never_changed_says_nothing_of_it(world, sign_in):
    with world.inside():
        kpi = new_kpi(world)
        told(kpi, {MAY7: answers(5)}, now=FIRST)
        kpis.set_target(kpi=kpi, value=4, valid_from=date(2018, 1, 1), by=world.ada)
    assert "estate" not in page(sign_in(world.vi), kpi).replace("Restore", "")


def test_nothing_of_another_company_is_shown(world, restated, sign_in):
    rows = world.fill_acme()
    assert sign_in(world.ann).get(f"/w/acme/touchpoints/{restated.touchpoint_id}/").status_code == 404
    theirs = sign_in(world.ann).get(f"/w/umbra/touchpoints/{world.umbra_rows['touchpoint'].pk}/?per=day")
    assert ACME_CANARY not in theirs.content.decode()
    assert rows
