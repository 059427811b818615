"""Brings a feed up to date from one delivery: claim, read, add up, land. A retry begins at the last landing."""

import logging
import traceback
from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from connectors import registry
from connectors.base import (
    Checked,
    Connector,
    Corrected,
    Moved,
    Puller,
    Reached,
    Receiver,
    Record,
    SetupProblem,
    TryLater,
)
from connectors.models import SyncRun
from connectors.pipelines import asks, backoff, contents, digesting, interruptions, landing, outcomes, slots, taking
from connectors.pipelines.deliveries import Delivery
from connectors.pipelines.interruptions import DATABASE_AWAY
from connectors.pipelines.leases import MOST_STUMBLES, CancelAsked, Lease, LeaseLost, claim
from connectors.pipelines.notes import SECONDS_BETWEEN, Notes
from connectors.queries import parts
from connectors.queries.calendars import calendar_here
from orgs.scope import scope

log = logging.getLogger(__name__)

ROWS_BETWEEN_TICKS = 1024
RELATED = ("feed__source", "feed__connection", "file", "asked_by")


def run(
    *,
    workspace_id: int,
    run_id: int,
    now: datetime,
    seconds_between_notes: float = SECONDS_BETWEEN,
    as_of: datetime | None = None,
) -> None:
    """Work on a run until it is over, if nobody else does. Whatever happens, the run says how it ended.

    `as_of`: the moment it says that it happened, where that is not the present one (an example's past).
    """
    lease = claim(workspace_id, run_id, at=as_of)
    if lease is None:
        return
    notes = Notes(lease, seconds_between=seconds_between_notes)
    try:
        _end_well(lease, notes, now)
        _wake_waiting(lease)
    except LeaseLost:
        log.info("Sync run %s: another worker has it, so this one wrote nothing.", run_id)
    except DATABASE_AWAY as error:  # or it broke a deadlock
        log.warning("Sync run %s lost the database (%s); it will begin again.", run_id, type(error).__name__)
        interruptions.give_back(lease)
    except SystemExit:  # the worker stops, or has lost Redis
        interruptions.give_back(lease, seconds=0)
        raise


def _wake_waiting(lease: Lease) -> None:
    """Let the next run of the same connection have the slot that is free now, or the next file of the feed its turn."""
    with scope(lease.workspace_id):
        run = SyncRun.objects.select_related("feed").filter(pk=lease.run_id).first()
        if run:
            slots.wake_waiting(run.feed.connection_id)


def _end_well(lease: Lease, notes: Notes, now: datetime) -> None:
    if lease.stumbles >= MOST_STUMBLES:
        outcomes.quarantined(lease, notes)
        return
    try:
        _read_and_land(lease, notes, now)
    except CancelAsked:
        outcomes.cancelled(lease, notes)
    except SetupProblem as problem:
        outcomes.failed(lease, notes, problem.sentence)
    except TryLater as later:
        backoff.postpone(lease, notes, later)
    except LeaseLost:
        raise
    except Exception as error:
        if isinstance(error, DATABASE_AWAY) and not interruptions.is_own_doing(error):
            raise
        # A bug: reported by its place alone, for its message may quote a row.
        frames = "".join(traceback.format_tb(error.__traceback__))
        log.error("Sync run %s failed with %s:\n%s", lease.run_id, type(error).__name__, frames)
        outcomes.stumbled(lease, notes)


def _read_and_land(lease: Lease, notes: Notes, now: datetime) -> None:
    with scope(lease.workspace_id):
        held = lease.rows().select_related(*RELATED).first()
        if held is None:
            raise LeaseLost
        calendar, supply = calendar_here(), taking.supply_of(held)
        known = parts.landed_before(held.file, held.mapping) if held.file else None
        if known:
            outcomes.unchanged(lease, notes.progress, known, calendar)
            return
    if supply:
        taking.take(lease, held, supply, notes, now)
        return
    connector = registry.connector(held.feed.connection.kind)
    plan = connector.plan(held.mapping)
    for days in asks.steps(held, notes.progress):
        delivery = Delivery(plan, calendar, days)
        _read(_told(held, connector, delivery, notes, now), delivery, notes)
        notes.has_read()
        notes.write()
        _land(lease, delivery, notes, now)


def _told(
    held: SyncRun, connector: Connector, delivery: Delivery, notes: Notes, now: datetime
) -> Iterator[Record | Reached]:
    """Return what the file holds, what the system answers, or what it sent."""
    if isinstance(connector, Receiver):
        return digesting.records(held, delivery, notes)
    if isinstance(connector, Puller):
        return connector.pull(held.mapping, asks.of(held, delivery.days, notes, now), delivery.calendar)
    content = contents.pieces(held.file, notes.read) if held.file else iter(())
    return connector.records(held.mapping, content, delivery.calendar)


def _read(told: Iterator[Record | Reached], delivery: Delivery, notes: Notes) -> None:
    """Add up every record. Raises SetupProblem when not one of them can be used."""
    progress = notes.progress
    for record in told:
        if isinstance(record, Checked):
            notes.checked = record
            continue
        if isinstance(record, Corrected):
            delivery.because = record.because
            continue
        if isinstance(record, Moved):
            delivery.is_moved = True
            continue
        if isinstance(record, Reached):
            delivery.cursor = record.cursor
            continue
        progress.rows_read += 1
        rejected = delivery.add(record)
        if rejected:
            notes.reject(rejected)
        elif getattr(record, "score", 0) is None:
            progress.rows_unanswered += 1
        else:
            progress.rows_used += 1
        if not progress.rows_read % ROWS_BETWEEN_TICKS:
            notes.tick()
    delivery.refuse_useless()


def _land(lease: Lease, delivery: Delivery, notes: Notes, now: datetime) -> None:
    """Write everything in one transaction that holds the run: an old lease or a cancelled run writes nothing."""
    with scope(lease.workspace_id):
        held = lease.rows().select_for_update(of=("self",)).select_related(*RELATED).first()
        if held is None:
            raise LeaseLost
        if held.cancel_asked_at is not None:
            raise CancelAsked
        if not delivery.rows and not held.is_fetching:
            raise SetupProblem(_("The file has a header and no rows."))
        landing.take_turn(lease.workspace_id)
        outcomes.reached(held, delivery.cursor)
        digesting.settle(held, delivery, now=now)
        known = delivery.landed_before(held)
        if known or not delivery.rows:
            outcomes.nothing_new(lease, held, notes.progress, delivery, known, now=now)
        else:
            landed = landing.land(held, delivery, now=now)
            outcomes.landed(lease, held, notes, delivery, landed)
