"""The month of reviews: what stands on which day, whose, what of the month before, and odd addresses."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.queries import months
from tests.world import CANARY

NOW = datetime(2026, 11, 12, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def planned(keeping, world):
    """Reviews before this month, overdue and due in it, one of them Lea's, and one in December."""
    days = {"Old": (10, 3), "Late": (11, 2), "Soon": (11, 20), "Lea's own": (11, 20), "Next": (12, 1)}
    for title, (month, day) in days.items():
        drawn = keeping.map(title, owner=world.lea if title == "Lea's own" else world.max)
        keeping.plan(drawn, date(2026, month, day))
    return keeping


def placed(answer):
    """What stands on which day of the page: the names of maps with the words of their state."""
    found = {}
    for day, cell in re.findall(r'<time [^>]*datetime="([^"]+)"(.*?)</td>', answer.content.decode(), re.S):
        for name, after in re.findall(r'dir="auto">([^<]+)</a>(.*?)</li>', cell, re.S):
            state = re.sub(r"<svg.*?</svg>|<[^>]+>", "", after, flags=re.S).strip()
            found.setdefault(day, []).append((name.replace("&#x27;", "'"), state))
    return found


def test_each_review_stands_on_its_day_with_how_it_stands(planned, world):
    answer = planned.get("reviews/month/", world.vi)
    assert placed(answer) == {
        "2026-11-02": [("Late", "Overdue")],
        "2026-11-20": [("Lea's own", "Due"), ("Soon", "Due")],
    }
    text = answer.content.decode()
    assert "November 2026" in text
    assert "1 review is overdue from before" in text
    assert 'aria-current="date"' in text
    assert CANARY not in text
    assert text.index('title="Monday"') < text.index('title="Sunday"')


def test_what_was_closed_stands_on_the_day_of_the_workspace(planned, keeping, world):
    drawn = keeping.map("Closed", owner=world.max)
    keeping.close(keeping.start(drawn, NOW), datetime(2026, 11, 9, 23, 30, tzinfo=UTC))  # the 10th in Berlin
    assert placed(planned.get("reviews/month/", world.max))["2026-11-10"] == [("Closed", "Done")]
    assert "2026-11-10" not in placed(planned.get("reviews/month/?whose=mine", world.lea))


def test_the_address_names_the_month_and_whose(planned, world):
    assert placed(planned.get("reviews/month/?month=2026-12", world.vi)) == {"2026-12-01": [("Next", "Scheduled")]}
    answer = planned.get("reviews/month/?month=2026-11&whose=mine", world.lea)
    assert placed(answer) == {"2026-11-20": [("Lea's own", "Due")]}
    text = answer.content.decode()
    assert 'href="?month=2026-10&amp;whose=mine"' in text
    assert 'href="?month=2026-12&amp;whose=mine"' in text
    empty = planned.get("reviews/month/?month=2027-02", world.vi).content.decode()
    assert "No review is due or was closed in February 2027." in empty


@pytest.mark.parametrize("asked", ["", "2026-13", "9999-12", "0001-01", "x", "2026-1", "٢٠٢٦-١١", "2026-11-01"])
def test_nonsense_is_this_month(keeping, world, asked):
    assert "November 2026" in keeping.get(f"reviews/month/?month={asked}&whose=nobody", world.vi).content.decode()


def test_the_furthest_months_lead_no_further():
    today = NOW.date()
    assert months.beside(date(2016, 1, 1), today) == (None, date(2016, 2, 1))
    assert months.beside(date(2036, 12, 1), today) == (date(2036, 11, 1), None)
    assert [week[0].day for week in months.weeks(date(2026, 11, 1), 6)][0] == 1  # weeks that begin on Sundays


def test_a_full_day_is_folded_and_queries_do_not_grow(planned, world):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            answer = planned.get("reviews/month/", world.max)
        return answer, len(queries)

    asked()
    _, few = asked()
    for number in range(8):
        planned.plan(planned.map(f"More {number}", owner=world.max), date(2026, 11, 20))
    answer, many = asked()
    assert many == few
    assert len(placed(answer)["2026-11-20"]) == 10
    assert "7 more" in answer.content.decode()
