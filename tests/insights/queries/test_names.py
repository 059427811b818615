"""A KPI has a name and a unit of its own, where its measure's say too little."""

import pytest
from django.urls import reverse

from insights.measures.parts import RatioParts, SumParts
from insights.models import Kpi
from insights.queries import figures, names
from insights.services import kpis, trust
from orgs.models import AuditEntry
from tests.insights.numbers import NOW, new_kpi, told

DAYS = {"name": "Order to visit", "unit": "days", "direction": "lower", "reporting_period": "month"}


@pytest.fixture
def visit(inside):
    kpi = new_kpi(inside, "mean", scale=None)
    return kpis.define(kpi=kpi, by=inside.ada, **DAYS)


def test_without_one_it_is_called_like_its_measure(inside):
    kpi = new_kpi(inside)
    assert (names.name(kpi), figures.suffix(kpi)) == ("Satisfaction, mean score · Check-in", "of 5")


def test_its_own_name_and_unit_stand_on_the_card(visit, inside, sign_in):
    told(visit, {NOW.date(): SumParts(40, 540.0, 7400.0)})
    page = reverse("touchpoint", args=[inside.acme.slug, visit.touchpoint_id])
    shown = sign_in(inside.vi).get(f"{page}?per=month&at=2018-12-01").content.decode()
    assert names.name(visit) == "Order to visit · Check-in"
    assert "Order to visit" in shown
    assert "13.50" in shown
    assert "days" in shown


def test_defining_is_kept_with_before_and_after_and_once(visit, inside):
    kpis.define(kpi=visit, by=inside.ada, **DAYS)
    entry = AuditEntry.objects.get(action="kpi.define")
    assert entry.before == {"name": "", "unit": "", "direction": "higher", "reporting_period": "year"}
    assert entry.after == DAYS


def test_another_unit_ends_the_certificate_and_another_name_does_not(visit, inside):
    trust.name_owner(kpi=visit, owner=inside.lea, by=inside.ada)
    trust.certify(kpi=visit, by=inside.lea, now=NOW)
    assert kpis.define(kpi=visit, by=inside.ada, name="Wait for the visit").standing == Kpi.Trust.CERTIFIED
    assert kpis.define(kpi=visit, by=inside.ada, unit="weeks").standing == Kpi.Trust.UNCONFIRMED


def test_what_defines_no_kpi_is_refused(visit, inside):
    with pytest.raises(TypeError, match="source"):
        kpis.define(kpi=visit, by=inside.ada, source=None)


def test_a_kpi_without_a_unit_keeps_the_key_of_its_certificate(inside):
    kpi = new_kpi(inside, "ratio", scale=None)
    told(kpi, {NOW.date(): RatioParts(3, 4)})
    assert kpi.definition_key.count("|") == 6
