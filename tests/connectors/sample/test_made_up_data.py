"""Made-up data: the same for everybody who asks with the same seed, and never in a real workspace."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.urls import reverse

from connectors.base import Added, Ask, Calendar, Corrected, Days, Moved, Reached, SetupProblem
from connectors.models import Feed, SyncRun
from connectors.pipelines import sync
from connectors.queries import counts
from connectors.registry import connector
from connectors.services import schedules, set_up
from cxhub.lib import http
from insights.models import Reading, Restatement
from orgs.roles import Role
from orgs.scope import scope
from orgs.services import members, workspaces
from tests.connectors.vendors.sample import SETTINGS

BERLIN = Calendar(ZoneInfo("Europe/Berlin"))
NOW = datetime(2026, 5, 15, 9, tzinfo=UTC)
WRONG = {
    "touchpoint": "Desk",
    "first": "2026-04-01",
    "last": "2026-04-30",
    "known_on": "2026-05-10",
    "level": 2.5,
    "because": "Calls of two teams were counted under one.",
}


def told(now=NOW, cursor=None, days=None, **settings):
    """What it answers, with the database shut and nobody to call."""

    def refuse(*_args):
        raise AssertionError("It asked somebody.")

    with connection.execute_wrapper(refuse), pytest.MonkeyPatch.context() as patch:
        patch.setattr(http, "send", refuse, raising=False)
        ask = Ask(now=now, cursor=cursor or {}, days=days)
        return list(connector("sample").pull(SETTINGS | settings, ask, BERLIN))


def by_day(records):
    return {record.day: record.parts for record in records if isinstance(record, Added)}


def month(records, first):
    """What the days of a month say together."""
    found = [parts for day, parts in by_day(records).items() if day.replace(day=1) == first]
    return sum(found[1:], found[0])


def test_a_month_has_the_count_the_level_and_the_response_of_its_line():
    april = month(told(), date(2026, 4, 1))
    mean = sum(score * count for score, count in april.counts.items()) / april.answered
    assert (april.answered, round(april.answered / april.asked, 2)) == (400, 0.31)
    assert round(mean, 1) == 4.1


@pytest.mark.parametrize("slug", ["nps", "csat_mean", "csat_top2", "ces", "ratio", "count", "mean", "duration_median"])
def test_every_measure_says_its_level(slug):
    series = [{"touchpoint": "Desk", "monthly": 900, "level": 6 if slug in {"ces", "mean"} else 4.6}]
    if slug in {"nps", "csat_top2", "ratio"}:
        series[0]["level"] = 41
    given = connector("sample").plan(SETTINGS | {"measure": slug, "series": series})
    value = given.measures[0].value(month(told(measure=slug, series=series), date(2026, 4, 1)), given.scale)
    assert value == pytest.approx(900 if slug == "count" else series[0]["level"], rel=0.02)


def test_a_day_is_the_same_whenever_and_however_it_is_asked_for():
    whole = by_day(told())
    assert whole == by_day(told())
    assert by_day(told(days=Days(date(2026, 4, 7), date(2026, 4, 9)))) == {
        day: parts for day, parts in whole.items() if date(2026, 4, 7) <= day <= date(2026, 4, 9)
    }
    early = told(now=NOW - timedelta(days=30))
    later = told(cursor=early[-1].cursor)
    assert by_day(early) | by_day(later) == whole
    assert by_day(told(seed="pine")) != whole


def test_it_goes_up_to_yesterday_and_then_says_nothing():
    *_days, last, reached = told()
    assert last.day == date(2026, 5, 14)
    assert isinstance(reached, Reached)
    assert told(cursor=reached.cursor) == []


def test_a_level_changes_on_its_day():
    series = [{"touchpoint": "Visit", "monthly": 1180, "level": 9, "changes": [["2026-05-04", 13.5]]}]
    found = by_day(told(measure="mean", series=series))
    means = {day: round(parts.total / parts.count, 6) for day, parts in found.items()}
    assert means[date(2026, 5, 3)] == 9
    assert means[date(2026, 5, 4)] == 13.5


BREAK = [{"touchpoint": "Visit", "monthly": 1180, "level": 9, "since_last_week": 13.5}]


def weekly(records):
    """The mean of each week that was told, by its Monday."""
    sums = {}
    for day, parts in by_day(records).items():
        monday = day - timedelta(days=day.weekday())
        sums[monday] = sums[monday] + parts if monday in sums else parts
    return {monday: round(parts.total / parts.count, 6) for monday, parts in sums.items()}


def test_a_break_stays_in_the_latest_finished_week():
    """Asked day by day or at once, what stands afterwards is the same; only made-up days are told anew."""
    stands, cursor = {}, None
    for ahead in range(12):
        now = NOW + timedelta(days=ahead)
        news = told(now=now, cursor=cursor, measure="mean", series=BREAK)
        stands |= by_day(news)
        cursor = news[-1].cursor
        assert (Moved() in news) == (ahead in {3, 10})  # Mondays
        at_once = told(now=now, measure="mean", series=BREAK)
        assert stands == by_day(at_once)
        monday = (now - timedelta(days=now.weekday() + 7)).date()
        assert [weekly(at_once)[monday - timedelta(days=7 * n)] for n in (0, 1, 2)] == [13.5, 9, 9]


def test_a_break_that_moves_is_no_restatement(example):
    for ahead in (0, 3, 10):
        now = NOW + timedelta(days=ahead)
        with scope(example.workspace.pk):
            if ahead:
                schedules.run_now(feed=Feed.objects.get(), by=example.administrator, now=now)
            else:
                begun(example, now, measure="mean", series=BREAK)
        work(example, now)
    with scope(example.workspace.pk):
        weeks = Reading.objects.filter(grain="week", starts_on__gte="2026-05-04", value__gt=10)
        assert [each.starts_on for each in weeks.order_by("starts_on")] == [date(2026, 5, 18)]
        assert not Restatement.objects.exists()


def test_it_refuses_from_its_day_on():
    refusing = {"refuses_from": "2026-05-15", "refusal": "The warehouse refused the key."}
    assert told(now=NOW - timedelta(days=1), **refusing)
    with pytest.raises(SetupProblem, match=r"The warehouse refused the key\."):
        told(**refusing)


def test_a_correction_is_told_once_with_its_reason():
    before = told(now=datetime(2026, 5, 9, 9, tzinfo=UTC), corrections=[WRONG])
    after = told(cursor=before[-1].cursor, corrections=[WRONG])
    assert after[0] == Corrected(WRONG["because"])
    assert month(before, date(2026, 4, 1)) != month(after, date(2026, 4, 1)) == month(told(), date(2026, 4, 1))
    assert told(cursor=after[-1].cursor, corrections=[WRONG]) == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"seed": ""}, "seed"),
        ({"measure": "total"}, "measure"),
        ({"first_day": "soon"}, "first_day"),
        ({"series": []}, "series"),
        ({"series": [{"touchpoint": "Desk", "monthly": 10, "level": 6}]}, "series"),
        ({"series": [{"touchpoint": "Desk", "monthly": float("nan"), "level": 4}]}, "series"),
        ({"series": [{"touchpoint": "a\0b", "monthly": 10, "level": 4}]}, "series"),
        ({"series": [{"touchpoint": "Desk", "monthly": 10, "level": 4, "changes": ["x"]}]}, "series"),
        ({"refuses_from": "2026-05-01"}, "refusal"),
        ({"corrections": [WRONG | {"known_on": "2026-04-02"}]}, "corrections"),
    ],
)
def test_what_cannot_work_is_said_beside_its_field(wrong, field):
    assert [problem.field for problem in connector("sample").problems(SETTINGS | wrong)] == [field]


@pytest.fixture
def example(world):
    """An example workspace, and Ivo in it."""
    opened = workspaces.open_workspace(
        name="Example", email="ada@acme.test", person_name="Ada", zone="Europe/Berlin", is_example=True
    )
    with scope(opened.workspace.pk):
        members.add(user=world.ivo.user, roles=[(Role.INTEGRATOR, None)], by=opened.administrator)
    return opened


def begun(opened, now, **settings):
    return set_up.begin(
        kind=connector("sample"), name="Desk", settings=SETTINGS | settings, typed={}, interval_minutes=1, now=now,
        by=opened.administrator,
    )  # fmt: skip


def work(opened, now):
    with scope(opened.workspace.pk):
        run = SyncRun.objects.unfinished().get()
    sync.run(workspace_id=opened.workspace.pk, run_id=run.pk, now=now, as_of=now)


def test_its_past_says_when_it_happened(example):
    """Runs as of then: the figure, the trouble, the pause and the run say that day, and the last good value stays."""
    then = NOW - timedelta(days=12)
    refusing = {"refuses_from": f"{then.date()}", "refusal": "The warehouse refused the key."}
    with scope(example.workspace.pk):
        feed = begun(example, then - timedelta(days=1), **refusing)
    work(example, then - timedelta(days=1))
    with scope(example.workspace.pk):
        schedules.run_now(feed=feed, by=example.administrator, now=then)
    work(example, then)
    with scope(example.workspace.pk):
        feed = Feed.objects.select_related("source").get()
        run = SyncRun.objects.first()
        assert (feed.source.trouble, feed.source.trouble_at) == ("The warehouse refused the key.", then)
        assert (feed.paused_at, feed.source.data_through) == (then, then.date() - timedelta(days=2))
        assert (run.asked_at, run.started_at, run.finished_at) == (then, then, then)
        assert Reading.objects.filter(grain="month", starts_on="2026-03-01").exists()


def test_a_correction_restates_the_month_with_its_reason(example):
    with scope(example.workspace.pk):
        feed = begun(example, NOW - timedelta(days=6), corrections=[WRONG])
    work(example, NOW - timedelta(days=6))
    with scope(example.workspace.pk):
        schedules.run_now(feed=feed, by=example.administrator, now=NOW)
    work(example, NOW)
    with scope(example.workspace.pk):
        restated = Restatement.objects.get(grain="month")
        assert (round(restated.old_value, 1), round(restated.new_value, 1)) == (2.5, 4.1)
        assert (restated.at, restated.reason) == (NOW, f"“Desk” replaced 30 days: {WRONG['because']}")


def test_without_a_touchpoint_it_is_about_the_workspace(example):
    series = [{"monthly": 300, "level": 41}]
    with scope(example.workspace.pk):
        begun(example, NOW, measure="nps", series=series)
    work(example, NOW)
    with scope(example.workspace.pk):
        reading = Reading.objects.select_related("kpi").get(grain="month", starts_on="2026-04-01")
        assert (reading.kpi.touchpoint_id, round(reading.value)) == (None, 41)


def test_it_is_offered_where_data_are_examples_and_nowhere_else(example, world, sign_in):
    client = sign_in(world.ivo)
    for slug, status in ((world.acme.slug, 404), ("example", 200)):
        assert client.get(reverse("connection_of", args=[slug, "sample"])).status_code == status
        page = client.get(reverse("connection_new", args=[slug])).content.decode()
        assert ("Sample (made-up) data" in page) == (status == 200)


def test_no_service_lets_it_into_a_real_workspace(inside):
    with pytest.raises(set_up.SettingsHaveProblems) as found:
        set_up.begin(
            kind=connector("sample"), name="Desk", settings=SETTINGS, typed={}, interval_minutes=1, now=NOW,
            by=inside.ada,
        )  # fmt: skip
    assert "example data" in found.value.problems[0].sentence


def test_every_page_says_how_much_has_arrived_until_all_of_it_has(example, sign_in, world):
    """A feed that was refused is not waited for; a real workspace says nothing of the kind."""
    said = "The first numbers are coming in"
    with scope(example.workspace.pk):
        begun(example, NOW)
    client = sign_in(world.ivo)
    home = reverse("workspace_home", args=[example.workspace.slug])
    assert f"{said}: 0 of 1 sources have arrived." in client.get(home).content.decode()
    work(example, NOW)
    assert said not in client.get(home).content.decode()
    with scope(example.workspace.pk):
        assert counts.arriving() == ""
    assert said not in client.get(reverse("workspace_home", args=[world.acme.slug])).content.decode()
