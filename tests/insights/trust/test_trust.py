"""The owner certifies, anybody disputes once at a time, the owner ends it; another definition is another number."""

from datetime import UTC, datetime

import pytest

from insights.models import Dispute, Kpi
from insights.services import sources, trust
from orgs.models import AuditEntry
from tests.insights.numbers import new_kpi

NOW = datetime(2018, 5, 7, 12, tzinfo=UTC)


@pytest.fixture
def kpi(inside):
    made = new_kpi(inside)
    trust.name_owner(kpi=made, owner=inside.con, by=inside.ada)
    return made


@pytest.fixture
def certified(inside, kpi):
    trust.certify(kpi=kpi, by=inside.con, now=NOW)
    return kpi


def now_is(kpi):
    return Kpi.objects.get(pk=kpi.pk)


def actions():
    return list(
        AuditEntry.objects.filter(action__regex="^(kpi|dispute)[.]").order_by("id").values_list("action", flat=True)
    )


def test_a_certificate_says_by_whom_when_and_of_which_definition(inside, certified):
    found = now_is(certified)
    assert (found.standing, found.certified_by, found.certified_at) == ("certified", inside.con, NOW)
    assert "From Survey." in found.certified_definition
    assert actions()[-1] == "kpi.certify"


def test_nobody_but_the_owner_certifies(inside, kpi):
    with pytest.raises(trust.OnlyTheOwner, match="owner"):
        trust.certify(kpi=kpi, by=inside.ada, now=NOW)
    assert now_is(kpi).standing == "unconfirmed"


@pytest.mark.parametrize(
    "change", [{"grain": "month"}, {"scale_high": 7}, {"direction": "lower"}, {"smallest_sample": 5}]
)
def test_another_definition_is_not_certified(certified, change):
    Kpi.objects.filter(pk=certified.pk).update(**change)
    assert now_is(certified).standing == "unconfirmed"


def test_another_source_is_not_certified(inside, certified):
    Kpi.objects.filter(pk=certified.pk).update(source=sources.create("Other", by=inside.ada))
    assert now_is(certified).standing == "unconfirmed"


def test_a_source_that_is_read_in_another_way_takes_the_certificate_back(inside, certified):
    trust.source_changed(source=certified.source, because="Read in another way.", by=inside.ivo)
    found = now_is(certified)
    assert (found.trust, found.certified_at, found.certified_by) == ("unconfirmed", None, None)
    assert AuditEntry.objects.filter(action="kpi.unconfirm").get().after["because"] == "Read in another way."


def test_another_owner_has_to_certify_again(inside, certified):
    trust.name_owner(kpi=certified, owner=inside.lea, by=inside.ada)
    assert now_is(certified).standing == "unconfirmed"
    assert actions()[-2:] == ["kpi.name_owner", "kpi.unconfirm"]


def test_the_same_owner_again_changes_nothing(inside, certified):
    trust.name_owner(kpi=certified, owner=inside.con, by=inside.ada)
    assert now_is(certified).standing == "certified"


def test_a_dispute_marks_the_kpi_and_only_one_is_open(inside, certified):
    trust.dispute(kpi=certified, reason="No.", by=inside.ivo, now=NOW)
    assert now_is(certified).standing == "disputed"
    with pytest.raises(trust.IsDisputed, match="already"):
        trust.dispute(kpi=certified, reason="No!", by=inside.eli, now=NOW)
    with pytest.raises(trust.IsDisputed, match="outcome first"):
        trust.certify(kpi=certified, by=inside.con, now=NOW)


@pytest.mark.parametrize(
    ("outcome", "standing"), [("dismissed", "certified"), ("upheld", "unconfirmed"), ("changed", "unconfirmed")]
)
def test_the_outcome_decides_what_becomes_of_the_certificate(inside, certified, outcome, standing):
    dispute = trust.dispute(kpi=certified, reason="No.", by=inside.ivo, now=NOW)
    trust.decide(dispute=dispute, outcome=outcome, words="Because.", by=inside.con, now=NOW)
    assert now_is(certified).standing == standing
    assert Dispute.objects.get(pk=dispute.pk).outcome_words == "Because."
    assert "dispute.decide" in actions()
    trust.dispute(kpi=certified, reason="Again.", by=inside.ivo, now=NOW)


def test_a_dismissed_dispute_certifies_nothing_that_was_not_certified(inside, kpi):
    dispute = trust.dispute(kpi=kpi, reason="No.", by=inside.ivo, now=NOW)
    trust.decide(dispute=dispute, outcome="dismissed", words="Yes.", by=inside.con, now=NOW)
    assert now_is(kpi).standing == "unconfirmed"


def test_what_is_over_is_over(inside, kpi):
    dispute = trust.dispute(kpi=kpi, reason="No.", by=inside.ivo, now=NOW)
    with pytest.raises(trust.OnlyTheOwner):
        trust.decide(dispute=dispute, outcome="dismissed", words="I say so.", by=inside.ada, now=NOW)
    trust.decide(dispute=dispute, outcome="dismissed", words="Yes.", by=inside.con, now=NOW)
    with pytest.raises(trust.DisputeIsOver):
        trust.reply(dispute=dispute, text="But", by=inside.ivo, now=NOW)
    with pytest.raises(trust.DisputeIsOver):
        trust.decide(dispute=dispute, outcome="upheld", words="No.", by=inside.con, now=NOW)


def test_a_source_that_changes_during_a_dispute_leaves_the_dispute_open(inside, certified):
    trust.dispute(kpi=certified, reason="No.", by=inside.ivo, now=NOW)
    trust.source_changed(source=certified.source, because="Read in another way.", by=inside.ivo)
    assert now_is(certified).standing == "disputed"
