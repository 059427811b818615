"""The example company, read by the worker's own pipeline: its story holds, worked out anew."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from connectors.models import Feed, SyncRun
from connectors.pipelines import sync
from connectors.services import schedules
from cxhub.demo.build import build
from cxhub.demo.dates import Dates
from insights.models import HeadlineKpi, Kpi, Reading, Restatement
from insights.queries import health
from insights.queries.channels import by_channel
from journeys.models import Map, PlannedPath, Step, Touchpoint
from journeys.queries import channel_register, maps, unowned
from journeys.registry import ChannelNumbers
from orgs.models import Department, User, Workspace
from orgs.scope import scope
from orgs.services import examples

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Built(Dates):
    """The days of the example, and who built it."""

    by: Any = None


@pytest.fixture
def larch():
    """The example, with everything fetched that waited for the worker."""
    now = timezone.now()
    opened = build(slug="larch", email="ada@acme.test", person_name="Ada", zone="Europe/Berlin", now=now)
    with scope(opened.workspace.pk):
        waiting = list(SyncRun.objects.unfinished().values_list("pk", flat=True))
        for pk in waiting:
            sync.run(workspace_id=opened.workspace.pk, run_id=pk, now=now)
        assert not SyncRun.objects.filter(pk__in=waiting).exclude(state="done").exists()
        yield Built(now, opened.workspace, opened.administrator)


def reading(name, source, grain, starts_on, **about):
    kpi = Kpi.objects.get(name=name, source__name__startswith=source, **about)
    return Reading.objects.get(kpi=kpi, grain=grain, starts_on=starts_on, segment="")


def mean(found):
    """The mean of a reading's counted scores, worked out here."""
    counts = {int(score): count for score, count in found.parts["counts"].items()}
    return sum(score * count for score, count in counts.items()) / sum(counts.values())


BLIND = {  # why, the gravest first
    "Comparison sites": ["signals", "unmonitored"],
    "Installers' portal": ["no_kpi", "unmonitored"],
    "Post": ["no_kpi", "unmonitored", "no_owner"],
}


def channels_stand_side_by_side(larch):
    """The register, with three blind spots."""
    found = by_channel(workspace=larch.workspace, today=larch.today, now=larch.now)
    numbers = {pk: ChannelNumbers(one.kpis, one.current, one.signals, one.beyond) for pk, one in found.items()}
    entries = channel_register.every(today=larch.today, numbers=numbers)
    assert {each.channel.name: list(each.gaps) for each in entries if each.gaps} == BLIND
    kinds = {each.channel.kind for each in entries if each.channel.state in {"live", "integrated"}}
    assert kinds == {"own", "partner", "device", "identity", "signal"}
    told = {each.channel.name: found[each.channel.pk].picked for each in entries if each.channel.pk in found}
    month = larch.month(1)
    days = (month[1] - month[0]).days + 1
    shown = {name: {what: one.value for what, one in picked.items()} for name, picked in told.items()}
    assert shown["Phone"]["cost"] == pytest.approx(7.4)
    assert (shown["Phone"]["preference"], shown["App"]["preference"]) == (34, 22)
    assert [round(shown[name]["participation"]) for name in ("Web account", "App", "Smart thermostat")] == [64, 31, 22]
    assert shown["Smart thermostat"]["use"] == pytest.approx(16200 * 30 / days)
    assert (shown["Web search"]["use"], shown["Web search"]["signal"]) == pytest.approx(
        (4100 * 30 / days, 18600 * 30 / days)
    )
    assert (round(shown["Comparison sites"]["satisfaction"], 1), round(shown["Comparison sites"]["signal"])) == (
        2.9,
        round(140 * 30 / days),
    )


def test_the_story_is_in_the_readings(larch):
    month, hotline = larch.month(1)[0], {"touchpoint__name": "Service hotline"}
    assert (Department.objects.count(), Touchpoint.objects.count(), Map.objects.count()) == (6, 45, 8)
    nps = Reading.objects.get(kpi__touchpoint=None, grain="month", starts_on=month)
    counts = {int(score): count for score, count in nps.parts["counts"].items()}
    up, down = (sum(n for s, n in counts.items() if s >= 9), sum(n for s, n in counts.items() if s <= 6))
    assert round(100 * (up - down) / sum(counts.values())) == 41
    visit = {"touchpoint__name": "Installation visit"}
    weeks = [
        reading("Order to visit", "Scheduling", "week", larch.last_week - timedelta(days=7 * n), **visit)
        for n in (1, 0)
    ]
    assert [round(each.parts["total"] / each.parts["count"], 1) for each in weeks] == [9.0, 13.5]
    assert reading("Order to visit", "Scheduling", "month", month, **visit).answered == 1180
    official = reading("Satisfaction", "Contact centre", "month", month, **hotline)
    other = reading("Satisfaction", "Marketing", "month", month, **hotline)
    assert (round(mean(official), 1), official.answered, round(100 * official.answered / official.asked)) == (
        3.7,
        4108,
        31,
    )
    assert (round(mean(other), 1), other.answered, round(100 * other.answered / other.asked)) == (4.6, 212, 3)
    assert (official.kpi.is_official, other.kpi.is_official) == (True, False)
    again = reading("Contact again within seven days", "Telephony", "month", month, **hotline)
    assert round(100 * again.parts["numerator"] / again.parts["denominator"]) == 31
    paired = reading("Satisfaction", "Thermostat", "month", month, touchpoint__name="Thermostat pairing")
    assert paired.answered == 6 < paired.kpi.smallest_sample
    channels_stand_side_by_side(larch)


def refreshed(larch, now):
    """Let every feed that still runs fetch what is new on a later day, as the worker would."""
    by = larch.by
    for feed in Feed.objects.filter(paused_at=None).select_related("source"):
        schedules.run_now(feed=feed, by=by, now=now)
        run = SyncRun.objects.unfinished().get(feed=feed)
        sync.run(workspace_id=larch.workspace.pk, run_id=run.pk, now=now, as_of=now)
        run.refresh_from_db()
        assert run.state == "done", f"{feed}: {run.message}"


def test_the_story_stays_true_as_days_go_by(larch):
    corrected = Restatement.objects.count()
    for days in (0, 3, 10, 40):
        later = replace(larch, now=larch.now + timedelta(days=days))
        if days:
            refreshed(larch, later.now)
        visit = {"touchpoint__name": "Installation visit"}
        weeks = [later.last_week - timedelta(days=7 * n) for n in (0, 1, 2)]
        told = [reading("Order to visit", "Scheduling", "week", day, **visit).value for day in weeks]
        assert [round(value, 1) for value in told] == [13.5, 9.0, 9.0], days
        month, hotline = later.month(1)[0], {"touchpoint__name": "Service hotline"}
        official = reading("Satisfaction", "Contact centre", "month", month, **hotline)
        other = reading("Satisfaction", "Marketing", "month", month, **hotline)
        assert [(round(each.value, 1), each.answered) for each in (official, other)] == [(3.7, 4108), (4.6, 212)]
        nps = Reading.objects.get(kpi__touchpoint=None, grain="month", starts_on=month)
        assert round(nps.value) == 41
        for name, source, percent in (
            ("First contact resolution", "Contact centre", 78),
            ("Contact again within seven days", "Telephony", 31),
        ):
            assert round(reading(name, source, "month", month, **hotline).value) == percent
        assert reading("Satisfaction", "Thermostat", "month", month).answered == 6
        journeys = health.of_journeys(workspace=larch.workspace, today=later.today)
        drawn = {each.title: journeys.map(each.pk) for each in journeys.places.maps}
        installed = drawn["I get my heat pump installed"]
        assert (installed.status, installed.moment.name) == ("off_target", "Installation visit")
        # What happened on a day stays on it: these grow older, as they would.
        warehouse = Feed.objects.select_related("source").get(name__startswith="Warehouse").source
        assert (later.now - warehouse.trouble_at).days in {days + 11, days + 12}
        waits = unowned.listed(unowned.Filters(), now=later.now).get(name="Installation confirmation call")
        assert (later.today - waits.unowned_at.astimezone(larch.workspace.tzinfo).date()).days == 47 + days
    assert Restatement.objects.count() == corrected  # the break moved; nobody's number was restated


def test_what_happened_on_its_day(larch):
    waits = unowned.listed(unowned.Filters(), now=larch.now).get(name="Installation confirmation call")
    assert (larch.today - waits.unowned_at.astimezone(larch.workspace.tzinfo).date()).days == 47
    warehouse = Feed.objects.select_related("source").get(name__startswith="Warehouse")
    assert warehouse.source.trouble == "The warehouse refused the key."
    assert (larch.now - warehouse.source.trouble_at).days in {11, 12}
    assert warehouse.source.data_through == larch.today - timedelta(days=14)
    assert Reading.objects.filter(kpi__source=warehouse.source, grain="day").exists()
    restated = Restatement.objects.get(grain="month")
    assert "credit notes" in restated.reason
    assert restated.old_value + 4 < restated.new_value


def test_building_twice_builds_once_and_removing_leaves_nothing(larch, capsys):
    call_command("create_demo", "--email", "ada@acme.test")
    assert "there already" in capsys.readouterr().out
    examples.remove(workspace=larch.workspace)
    assert not Workspace.objects.exists()
    assert not User.objects.filter(email__endswith=".example").exists()
    assert User.objects.filter(email="ada@acme.test").exists()


def test_a_stage_of_assumptions_looks_pale(larch):
    [drawn] = Map.objects.filter(title="I get my heat pump installed")
    assert [stage.name for stage in maps.grid(drawn).stages if stage.is_assumed] == ["First weeks"]


def test_mapped_journeys_branch_turn_back_and_lead_to_an_outline(larch):
    assert set(PlannedPath.objects.values_list("kind", flat=True)) == {"branch", "loop"}
    led = dict(Step.objects.exclude(child=None).values_list("child__title", "stage__map__title"))
    outlines = ("I pay for my heating", "I use my thermostat every day")
    assert led == dict.fromkeys(outlines, "I get my heat pump installed")


def test_its_headline_numbers_are_chosen(larch):
    found = HeadlineKpi.objects.filter(member=None).order_by("position")
    assert [each.kpi.name or each.kpi.measure for each in found] == ["nps", "Satisfaction", "Order to visit"]
