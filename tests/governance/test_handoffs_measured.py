"""A hand-off that was agreed on is broken where its numbers say so."""

from datetime import date
from uuid import uuid4

import pytest
from django.utils import timezone

from insights.measures.parts import DurationParts, RatioParts, SumParts
from insights.models import Kpi
from insights.pipelines import readings
from insights.services import kpis, sources
from tests.governance.handing import SAID

DAY = date(2018, 5, 7)
AN_HOUR = 3600


def number(handing, slug, parts, *, target=None, unit="", touchpoint=None):
    """A KPI of the visit with one day of readings."""
    with handing.world.inside():
        by = handing.world.ada
        source = sources.create(f"Source {uuid4()}", by=by)
        kpi, _ = kpis.find_or_create(slug, touchpoint=touchpoint or handing.visit, source=source, scale=None, by=by)
        Kpi.objects.filter(pk=kpi.pk).update(unit=unit, direction="lower")
        if target is not None:
            kpis.set_target(kpi=kpi, value=target, valid_from=date(2018, 1, 1), by=by)
        readings.replace(uuid4(), [readings.Entry(kpi.pk, "day", DAY, "", parts)], now=timezone.now())
        sources.refreshed(source, at=timezone.now(), data_through=DAY, run_path="")
        return kpi


def days(*each):
    return SumParts.of(each * 50)


@pytest.mark.parametrize(
    ("slug", "parts", "unit", "state"),
    [
        ("duration_median", DurationParts.of([47 * AN_HOUR] * 50), "", "agreed"),  # two days were agreed
        ("duration_median", DurationParts.of([50 * AN_HOUR] * 50), "", "broken"),
        ("mean", days(1.9), "days", "agreed"),
        ("mean", days(2.1), "days", "broken"),
        ("mean", days(49), "hours", "broken"),
        ("mean", days(49), "visits", "agreed"),  # no time: only its own target could tell
    ],
)
def test_a_wait_is_held_against_what_was_agreed(slug, parts, unit, state, handing):
    made = handing.agreed(wait_kpi=number(handing, slug, parts, unit=unit))
    assert handing.state(made) == state


@pytest.mark.parametrize("kind", ["loss_kpi", "repeat_kpi"])
@pytest.mark.parametrize(("lost", "state"), [(1, "agreed"), (400, "broken")])
def test_losses_and_repeats_are_held_against_their_own_target(kind, lost, state, handing):
    made = handing.agreed(**{kind: number(handing, "ratio", RatioParts(lost, 1000), target=10)})
    assert handing.state(made) == state


def test_the_page_says_what_broke_it(handing, world):
    made = handing.agreed(wait_kpi=number(handing, "mean", days(9), unit="days"))
    page = handing.get(f"handoffs/{made.pk}/", world.vi).content.decode()
    assert "Wait: 9.00 days (agreed: 2 days)." in page
    assert "Broken" in page
    handing.draw(handing.order, handing.visit)
    assert handing.board() == [("broken", "Order", "Visit")]
    assert "Wait: 9.00 days (agreed: 2 days)." in handing.get("handoffs/", world.vi).content.decode()


def test_before_both_agreed_nothing_is_broken(handing):
    made = handing.propose(wait_kpi=number(handing, "mean", days(9), unit="days"))
    assert handing.state(made) == "waiting"


def test_without_a_number_nothing_measures_it(handing, world):
    made = handing.agreed()
    assert "Nothing measures it yet." in handing.get(f"handoffs/{made.pk}/", world.vi).content.decode()


def test_only_numbers_of_the_two_touchpoints_can_measure_it(handing, world):
    other = number(handing, "mean", days(1), touchpoint=handing.touchpoint("Mail", handing.sales, handing.sol))
    answer = handing.post(
        f"touchpoints/{handing.order.pk}/handoffs/", world.max, taker=handing.visit.pk, wait_kpi=other.pk, **SAID
    )
    assert answer.status_code == 422
    assert "Select a valid choice" in answer.content.decode()
    mine = number(handing, "mean", days(1))
    page = handing.get(f"touchpoints/{handing.order.pk}/handoffs/?to={handing.visit.pk}", world.max).content.decode()
    assert f'value="{mine.pk}"' in page
    assert f'value="{other.pk}"' not in page
