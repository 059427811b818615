"""What a KPI is: said on its page, changed by who keeps it, followed by health, chart and history."""

from datetime import date

import pytest
from django.urls import reverse

from insights.measures.parts import SumParts
from insights.models import Kpi
from insights.queries import health
from insights.services import kpis, sources
from orgs.models import AuditEntry
from orgs.services import stale
from tests.insights.numbers import told

MAY = date(2018, 5, 7)
COUNTS = "it sets the health of its touchpoint"


@pytest.fixture
def waiting(world, kpi):
    """Days to wait, 14 of them where 10 were wanted, at the touchpoint whose scores are good."""
    with world.inside():
        source = sources.create("Planning", by=world.ada)
        found, _ = kpis.find_or_create("mean", touchpoint=kpi.touchpoint, source=source, scale=None, by=world.ada)
        kpis.define(kpi=found, name="Order to visit", unit="days", direction="lower", by=world.ada)
        kpis.set_target(kpi=found, value=10, valid_from=date(2018, 1, 1), by=world.ada)
        found.refresh_from_db()
        told(found, {MAY: SumParts.of([14.0] * 20 + [13.0] * 20)})
        return found


def now(world, kpi):
    """The definition as its form shows it."""
    with world.inside():
        held = kpis.defined(Kpi.objects.get(pk=kpi.pk))
    counts = {None: "measure", True: "yes", False: "no"}[held["is_outcome"]]
    return {name: value for name, value in held.items() if name != "is_outcome"} | {
        "counts": counts,
        "was": stale.seen(held),
    }


def was(world, kpi):
    return now(world, kpi)["was"]


def answer(world, sign_in, kpi, counts="measure", member=None, **data):
    sent = now(world, kpi) | {"counts": counts} | data
    return sign_in(member or world.max).post(reverse("kpi_definition", args=["acme", kpi.pk]), sent)


def status(world, kpi):
    with world.inside():
        found = health.of_touchpoints([kpi.touchpoint_id], workspace=world.acme, today=date(2019, 3, 1))
        return found[kpi.touchpoint_id].status


def test_an_outcome_by_its_keepers_word_makes_the_health(world, kpi, waiting, sign_in, page):
    assert "does not set the health of its touchpoint" in page(waiting)
    assert status(world, kpi) == "on_target"
    assert answer(world, sign_in, waiting, "yes").status_code == 302
    assert status(world, kpi) == "off_target"
    text = page(waiting)
    assert text.count(COUNTS) == 1
    assert "whether it sets health from “As its measure says: no” to “Yes, it is an outcome of its journey”" in text
    with world.inside():
        entry = AuditEntry.objects.filter(action="kpi.define").latest("pk")
        assert (entry.actor_id, entry.before, entry.after) == (world.max.pk, {"is_outcome": None}, {"is_outcome": True})
    touchpoint = sign_in(world.vi).get(f"/w/acme/touchpoints/{kpi.touchpoint_id}/?per=year&at=2018-01-01")
    assert f'id="score-{waiting.pk}"' in touchpoint.content.decode()


def test_a_score_can_be_a_mere_means_and_go_back_to_its_measure(world, kpi, sign_in, page):
    assert "says what the customer got" in page(kpi)
    answer(world, sign_in, kpi, "no")
    assert status(world, kpi) == "unmeasured"
    assert "It is a means, not an outcome" in page(kpi)
    answer(world, sign_in, kpi, "measure")
    assert status(world, kpi) == "on_target"


def test_a_certificate_holds_for_the_number_whatever_it_counts_for(world, kpi):
    with world.inside():
        before = kpi.definition_key
        assert kpis.define(kpi=kpi, is_outcome=False, by=world.ada).definition_key == before


def test_two_people_never_overwrite_each_other(world, waiting, sign_in):
    seen = was(world, waiting)
    answer(world, sign_in, waiting, "yes")
    refused = answer(world, sign_in, waiting, "no", was=seen)
    assert refused.status_code == 409
    text = refused.content.decode()
    assert "Yes, it is an outcome of its journey”. Save again" in text
    assert f'value="{was(world, waiting)}"' in text
    with world.inside():
        assert Kpi.objects.get(pk=waiting.pk).is_outcome is True


def test_every_part_is_changed_at_once_and_told_in_words(world, waiting, sign_in, page):
    news = {"name": "Wait ⏳", "unit": "h", "direction": "higher", "reporting_period": "month"}
    assert answer(world, sign_in, waiting, smallest_sample=5, watch_threshold="0.5", **news).status_code == 302
    with world.inside():
        held = Kpi.objects.get(pk=waiting.pk)
    assert [held.name, held.unit, held.direction, held.reporting_period] == [*news.values()]
    assert (held.smallest_sample, held.watch_threshold, held.is_outcome) == (5, 0.5, None)
    text = page(waiting)
    assert "Wait ⏳" in text.split("<h1", 1)[1].split("</h1>")[0]
    assert "the unit from “days” to “h”" in text
    assert '<span class="kpi-period">May 2018</span>' in text


def test_the_same_change_of_two_people_is_no_conflict(world, waiting, sign_in):
    seen = was(world, waiting)
    answer(world, sign_in, waiting, "yes")
    assert answer(world, sign_in, waiting, "yes", was=seen).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"counts": "much"}, "Select a valid choice"),
        ({"direction": "sideways"}, "Select a valid choice"),
        ({"reporting_period": "century"}, "Select a valid choice"),
        ({"smallest_sample": "-1"}, "greater than or equal to 0"),
        ({"watch_threshold": "nan"}, "Enter a number"),
        ({"watch_threshold": "-0.1"}, "Give a number from 0"),
        ({"unit": "x" * 21}, "at most 20 characters"),
        ({"name": "nul\0"}, "Null characters are not allowed"),
    ],
)
def test_what_is_no_answer_is_explained_and_changes_nothing(world, waiting, sign_in, wrong, words):
    before = now(world, waiting)
    refused = answer(world, sign_in, waiting, **({"unit": "h"} | wrong))
    assert refused.status_code == 422
    assert words in refused.content.decode()
    assert now(world, waiting) == before


def test_a_source_of_months_reports_no_days(world, waiting, sign_in):
    with world.inside():
        Kpi.objects.filter(pk=waiting.pk).update(grain="month", reporting_period="month")
    assert answer(world, sign_in, waiting, reporting_period="day").status_code == 422
    assert answer(world, sign_in, waiting, reporting_period="quarter").status_code == 302


def test_a_viewer_reads_it_and_may_not_change_it(world, waiting, sign_in, page):
    assert "Change the definition" not in page(waiting)
    assert "Change the definition" in page(waiting, member=world.max)
    assert answer(world, sign_in, waiting, "yes", member=world.vi).status_code == 403
    assert answer(world, sign_in, waiting, "yes", member=world.ann).status_code == 404


def test_what_has_no_touchpoint_sets_no_health(world, kpi, page, sign_in):
    with world.inside():
        of_all = Kpi.objects.create(measure="count", direction="lower", source=kpi.source)
    assert "health of its touchpoint" not in page(of_all, member=world.max)
    form = sign_in(world.max).get(reverse("kpi_definition", args=["acme", of_all.pk])).content.decode()
    assert 'name="unit"' in form
    assert 'name="counts"' not in form
