"""A year of each of many feeds, filled again: through the whole of a sync run, from the request to the commit."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from time import perf_counter

from django.db import connection
from django.utils import timezone

from bench.answers import answering, settings_of
from bench.places import Place
from connectors.models import Feed, SyncRun
from connectors.pipelines import sync
from connectors.services import http_feeds
from insights.models import Reading
from orgs.scope import scope

DAYS = 365


@dataclass(frozen=True)
class Size:
    feeds: int = 200


def main(place: Place, size: Size, bare_per_second: float) -> int:
    """Print readings per second against the bare insert of the same run, and what grows with the number of feeds."""
    today = timezone.now().date()
    first, took, statements = today - timedelta(days=DAYS - 1), [], []
    with answering(today) as url:
        for number in range(size.feeds):
            run = _begin(place, url, f"Year {number}", first, today)
            began = perf_counter()
            with _counted() as count:
                sync.run(workspace_id=place.workspace_id, run_id=run.pk, now=timezone.now())
            took.append(perf_counter() - began)
            statements.append(count[0])
            _require_done(place, run)
    with scope(place.workspace_id):
        readings = Reading.objects.filter(kpi__source__name__startswith="Year ").count()
    tenth = max(1, size.feeds // 10)
    slower = median(took[-tenth:]) / median(took[:tenth])
    per_second = readings / sum(took)
    print(f"{size.feeds} feeds x {DAYS} days backfilled, {readings:,} readings:")
    print(f"  bare readings in the time of one of ours  {bare_per_second / per_second:7.1f}")
    print(f"  statements per feed                       {median(statements):7.0f}   (at most {max(statements)})")
    print(f"  the last tenth against the first          {slower:7.2f}   (budget 1.50)")
    return int(slower > 1.5 or max(statements) > min(statements) * 1.2)


def _begin(place: Place, url: str, name: str, first: date, last: date) -> SyncRun:
    with scope(place.workspace_id):
        feed: Feed = http_feeds.begin(
            name=name,
            settings=settings_of(f"{url}/{name.replace(' ', '-')}", first),
            secret="",
            interval_minutes=None,
            now=timezone.now(),
            by=place.member,
        )
        SyncRun.objects.filter(feed=feed).update(first_day=first, last_day=last)
        return SyncRun.objects.get(feed=feed)


def _require_done(place: Place, run: SyncRun) -> None:
    with scope(place.workspace_id):
        run.refresh_from_db()
    if run.state != SyncRun.State.DONE:
        raise RuntimeError(f"A backfill ended as {run.state}: {run.message}")


@contextmanager
def _counted() -> Iterator[list[int]]:
    """Count the statements that Django sends."""
    count = [0]

    def counting(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        count[0] += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(counting):
        yield count
