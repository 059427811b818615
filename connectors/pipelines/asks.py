"""Puts together what a run asks another system for: how far it came last time, the secrets, and its turn."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from django.db import connection as database

from connectors.base import Ask, Days
from connectors.models import SyncRun
from connectors.pipelines.leases import Progress
from connectors.pipelines.notes import Notes
from connectors.queries import secrets as kept
from orgs.scope import scope

FIRST_STEP, LONGEST_STEP = 31, 366
ROWS_A_STEP = 20_000
"""A backfill lands in steps: what is lost to a crash, and what is held in memory. The first is a month; the next ones
are as long as the rows of the last one say. Where it had none they double, for nobody knows what comes."""

# The turns of all workers of a connection stand in one row, an even distance apart, by the database's clock.
RESERVE = """update connectors_connection
    set next_turn_at = greatest(next_turn_at, clock_timestamp()) + interval '1 minute' / per_minute
    where id = %s and per_minute > 0
    returning extract(epoch from next_turn_at - interval '1 minute' / per_minute - clock_timestamp())"""


def of(run: SyncRun, days: Days | None, notes: Notes, now: datetime) -> Ask:
    """Return the question of a run, for the days of a step of its backfill or from where the last run ended."""
    with scope(run.workspace_id):
        secrets = kept.opened(run.feed.connection)
    cursor = {} if days else run.feed.cursor
    return Ask(now=now, cursor=cursor, days=days, secrets=secrets, turn=partial(wait_for_turn, run, notes))


def steps(run: SyncRun, progress: Progress) -> Iterator[Days | None]:
    """Yield what a run asks for in turn: the days of a backfill that have not landed, or just what is new.

    How long a step is depends on the rows that were read in the one before, by the progress.
    """
    if not run.is_backfill:
        yield None
        return
    first = run.filled_through + timedelta(days=1) if run.filled_through else run.first_day
    length = FIRST_STEP
    while first <= run.last_day:
        before = progress.rows_read
        last = min(first + timedelta(days=length - 1), run.last_day)
        yield Days(first, last)
        first = last + timedelta(days=1)
        length = following_length(length, progress.rows_read - before)


def following_length(days: int, rows: int) -> int:
    """Return how many days the next step has, after one of so many days with so many rows."""
    wanted = days * ROWS_A_STEP // rows if rows else 2 * days
    return max(FIRST_STEP, min(wanted, LONGEST_STEP))


def wait_for_turn(run: SyncRun, notes: Notes) -> None:
    """Wait until the connection's rate limit lets one more request out. Raises LeaseLost, CancelAsked."""
    notes.tick()
    wait = _reserve(run)
    until = time.monotonic() + wait
    while (left := until - time.monotonic()) > 0:
        time.sleep(min(left, 1.0))
        notes.tick()
    notes.waited(max(0.0, wait))
    notes.asked()


def _reserve(run: SyncRun) -> float:
    """Take the next turn, and return how many seconds off it is."""
    with scope(run.workspace_id), database.cursor() as cursor:
        cursor.execute(RESERVE, [run.feed.connection_id])
        row = cursor.fetchone()
    return float(row[0]) if row else 0.0
