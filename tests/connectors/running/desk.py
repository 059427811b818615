"""What tests of fetching share: a system that answers as it is told, and feeds, runs and clocks around it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from django.db.models.functions import Now
from django.utils import timezone

from connectors.base import Answer, Ask, Days, Place, Plan, Reached
from connectors.models import Connection, Feed, SyncRun
from connectors.pipelines import sweep, sync
from connectors.services import schedules
from cxhub.lib.periods import Grain
from insights.measures.base import Scale
from insights.measures.registry import measure
from insights.services import sources

NOW = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)


class Bell:
    """Tells what `answer` yields, and remembers what it was asked."""

    kind, name = "bell", "Bell"

    def __init__(self) -> None:
        self.asked: list[Ask] = []
        self.answer: Callable[[Ask], Iterator] = lambda ask: iter(())

    def plan(self, settings):
        return Plan(measures=(measure("csat_mean"),), scale=Scale(1, 5), grain=Grain.DAY)

    def pull(self, settings, ask, calendar):
        self.asked.append(ask)
        yield from self.answer(ask)


def answers(*days: str, score: int = 4, name: str = "Desk"):
    """Return a function that yields one answer on each day, and the last day as the cursor."""

    def _answer(_ask):
        for day in days:
            yield Answer(Place(name), datetime.fromisoformat(day).date(), score)
        yield Reached({"day": days[-1]})

    return _answer


def every_day(ask: Ask):
    """Yield one answer on each of the days that are asked for."""
    days: Days = ask.days
    for ahead in range((days.last - days.first).days + 1):
        yield Answer(Place("Desk"), days.first + timedelta(days=ahead), 4)
    yield Reached({"day": days.last.isoformat()})


def raising(trouble: BaseException):
    """Return a function that meets this trouble after the first answer."""

    def _answer(_ask):
        yield Answer(Place("Desk"), NOW.date(), 4)
        raise trouble

    return _answer


def connect(world, name: str = "Bell", **limits) -> Connection:
    with world.inside():
        return Connection.objects.create(kind="bell", name=name, created_by=world.ivo, **limits)


def feed_of(world, connection: Connection, name: str = "Rings", **fields) -> Feed:
    with world.inside():
        source = sources.create(name, by=world.ivo)
        return Feed.objects.create(connection=connection, source=source, name=name, mapping={}, **fields)


def hourly(world, connection: Connection, name: str = "Rings", due: datetime = NOW) -> Feed:
    return feed_of(world, connection, name, interval_minutes=60, next_due_at=due)


def ask(world, feed: Feed) -> SyncRun:
    with world.inside():
        return schedules.run_now(feed=feed, by=world.ivo)


def work(world, run: SyncRun, now: datetime | None = None) -> SyncRun:
    """Do what a worker does, and return the run as it then is."""
    sync.run(workspace_id=world.acme.pk, run_id=run.pk, now=now or timezone.now(), seconds_between_notes=0)
    with world.inside():
        return SyncRun.objects.select_related("feed__source", "feed__connection").get(pk=run.pk)


def refresh(world, feed: Feed) -> SyncRun:
    return work(world, ask(world, feed))


def again(world, run: SyncRun) -> SyncRun:
    """Let the time pass that a run was put off for, and work on it."""
    pass_time(world, run)
    return work(world, run)


def pass_time(world, run: SyncRun) -> None:
    with world.inside():
        SyncRun.objects.filter(pk=run.pk).update(lease_until=Now() - timedelta(seconds=1))
        Connection.objects.filter(breaker_until__isnull=False).update(breaker_until=Now() - timedelta(seconds=1))


def runs_of(world, feed: Feed) -> list[SyncRun]:
    with world.inside():
        return list(SyncRun.objects.filter(feed=feed).order_by("id"))


def fresh(world, feed: Feed) -> Feed:
    with world.inside():
        return Feed.objects.select_related("connection", "source").get(pk=feed.pk)


def tick(now: datetime = NOW) -> int:
    return sweep.sweep(now)


def woken(callbacks, name: str = "connectors.tasks.sync") -> list[int]:
    """Return the ids that jobs of this name were woken with."""
    return [
        value
        for wake in callbacks
        if wake.args[0] == name
        for key, value in wake.args[1].items()
        if key != "workspace_id"
    ]
