"""Brings a feed up to date from one delivery: claim, read, add up, land. A retry begins at the start."""

import logging
import traceback
from collections import Counter
from datetime import datetime

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _

from connectors import registry
from connectors.base import Calendar, Connector, Plan, Rejected, SetupProblem, TryLater
from connectors.models import SyncRun
from connectors.pipelines import contents, landing, outcomes
from connectors.pipelines.leases import CancelAsked, Lease, LeaseLost, claim
from connectors.pipelines.notes import SECONDS_BETWEEN, Notes
from connectors.pipelines.tallies import Answers, ReadyValues
from connectors.queries import parts
from connectors.queries.calendars import calendar_here
from orgs.scope import scope

log = logging.getLogger(__name__)

ROWS_BETWEEN_TICKS = 1024
RELATED = ("feed__source", "feed__connection", "file", "asked_by")


def run(*, workspace_id: int, run_id: int, now: datetime, seconds_between_notes: float = SECONDS_BETWEEN) -> None:
    """Work on a run until it is over, if nobody else does. Whatever happens, the run says how it ended."""
    lease = claim(workspace_id, run_id)
    if lease is None:
        return
    notes = Notes(lease, seconds_between=seconds_between_notes)
    try:
        _end_well(lease, notes, now)
    except LeaseLost:
        log.info("Sync run %s: another worker has it, so this one wrote nothing.", run_id)
    except (OperationalError, InterfaceError) as error:
        # The database went away or broke a deadlock. The lease runs out, the sweeper wakes the run, it begins again.
        log.warning("Sync run %s lost the database (%s); it will begin again.", run_id, type(error).__name__)


def _end_well(lease: Lease, notes: Notes, now: datetime) -> None:
    try:
        _read_and_land(lease, notes, now)
    except CancelAsked:
        outcomes.cancelled(lease, notes)
    except SetupProblem as problem:
        outcomes.failed(lease, notes, problem.sentence)
    except TryLater as later:
        outcomes.postponed(lease, notes, later)
    except (LeaseLost, OperationalError, InterfaceError):
        raise
    except Exception as error:  # a bug: reported by its place alone, for its message may quote a row
        frames = "".join(traceback.format_tb(error.__traceback__))
        log.error("Sync run %s failed with %s:\n%s", lease.run_id, type(error).__name__, frames)
        sentence = _("Something went wrong on our side. Nothing was changed. Your administrator finds it in the log.")
        outcomes.failed(lease, notes, sentence)


def _read_and_land(lease: Lease, notes: Notes, now: datetime) -> None:
    with scope(lease.workspace_id):
        held = lease.rows().select_related(*RELATED).first()
        if held is None:
            raise LeaseLost
        calendar = calendar_here()
        known = parts.landed_before(held.file, held.mapping)
        if known:
            outcomes.unchanged(lease, notes.progress, known, calendar)
            return
    connector = registry.connector(held.feed.connection.kind)
    plan = connector.plan(held.mapping)
    tally = Answers(plan) if plan.holds_answers else ReadyValues(plan, calendar)
    _read(held, connector, calendar, tally, notes)
    notes.write()
    _land(lease, plan, tally, calendar, notes, now)


def _read(held: SyncRun, connector: Connector, calendar: Calendar, tally: Answers | ReadyValues, notes: Notes) -> None:
    """Add up every record. Raises SetupProblem when not one of them can be used."""
    progress, reasons = notes.progress, Counter[str]()
    content = contents.pieces(held.file, notes.read) if held.file else iter(())
    for record in connector.records(held.mapping, content, calendar):
        progress.rows_read += 1
        rejected = record if isinstance(record, Rejected) else tally.add(record)
        if rejected:
            reasons[rejected.reason] += 1
            notes.reject(rejected)
        elif getattr(record, "score", 0) is None:
            progress.rows_unanswered += 1
        else:
            progress.rows_used += 1
        if not progress.rows_read % ROWS_BETWEEN_TICKS:
            notes.tick()
    if progress.rows_read == 0:
        raise SetupProblem(_("The file has a header and no rows."))
    if progress.rows_rejected == progress.rows_read:
        raise SetupProblem(
            _("Not one of %(rows)s rows can be used. Most often: %(reason)s.")
            % {"rows": f"{progress.rows_read:,}", "reason": reasons.most_common(1)[0][0]}
        )


def _land(
    lease: Lease, plan: Plan, tally: Answers | ReadyValues, calendar: Calendar, notes: Notes, now: datetime
) -> None:
    """Write everything in one transaction that holds the run: an old lease or a cancelled run writes nothing."""
    with scope(lease.workspace_id):
        held = lease.rows().select_for_update(of=("self",)).select_related(*RELATED).first()
        if held is None:
            raise LeaseLost
        if held.cancel_asked_at is not None:
            raise CancelAsked
        landing.take_turn(lease.workspace_id)
        known = parts.landed_before(held.file, held.mapping)
        if known:
            outcomes.unchanged(lease, notes.progress, known, calendar)
        else:
            landed = landing.land(held, plan, tally, calendar, now=now)
            outcomes.done(lease, held, notes.progress, landed)
