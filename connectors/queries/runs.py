"""Sync runs as their page shows them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, QuerySet
from django.utils.translation import gettext as _

from connectors.models import Feed, RejectedRow, SyncRun
from connectors.queries import journals
from connectors.queries.journals import LogLine


@dataclass(frozen=True)
class Reason:
    """Why rows were rejected, how many, and the first of them."""

    reason: str
    rows: int
    first_row: int


@dataclass(frozen=True)
class RunView:
    id: int
    feed_id: int
    feed_name: str
    source_name: str
    file_name: str
    asked_by: str
    asked_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    duration_seconds: float | None
    state: str
    state_label: str
    is_finished: bool
    can_cancel: bool
    is_cancel_asked: bool
    progress_share_0_1: float | None
    rows_read: int
    rows_used: int
    rows_unanswered: int
    rows_rejected: int
    message: str
    made: list[tuple[str, int]]
    map_id: int | None
    reasons: list[Reason]
    totals_agreed: int
    totals_differ: list[str]
    """A sentence for each control total that the file's rows do not add up to."""
    log: list[LogLine]


def view(run: SyncRun, *, now: datetime) -> RunView:
    """Return what the page of a run shows. Reasons never hold a customer's words; values are on the rejected rows."""
    return RunView(
        id=run.pk,
        feed_id=run.feed_id,
        feed_name=run.feed.name,
        source_name=run.feed.source.name,
        file_name=run.file.name if run.file else "",
        asked_by=str(run.asked_by),
        asked_at=run.asked_at,
        started_at=run.started_at,
        finished_at=run.finished_at,
        duration_seconds=_seconds(run, now),
        state=run.state,
        state_label=run.get_state_display(),
        is_finished=run.is_finished,
        can_cancel=not run.is_finished and run.cancel_asked_at is None,
        is_cancel_asked=run.cancel_asked_at is not None,
        progress_share_0_1=_progress(run),
        rows_read=run.rows_read,
        rows_used=run.rows_used,
        rows_unanswered=run.rows_unanswered,
        rows_rejected=run.rows_rejected,
        message=run.message,
        made=[(label, run.made[key]) for key, label in _labels().items() if run.made.get(key)],
        map_id=run.made.get("map_id"),
        reasons=reasons(run),
        totals_agreed=run.checks.get("agreed", 0),
        totals_differ=run.checks.get("differences", []),
        log=journals.lines(run),
    )


def page_rows() -> QuerySet[SyncRun]:
    """Return runs with all that `view` reads, for the door to load one of."""
    return SyncRun.objects.select_related("feed__source", "file", "asked_by__user")


def of_feed(feed: Feed) -> QuerySet[SyncRun]:
    """Return the runs of a feed, newest first."""
    return page_rows().filter(feed=feed)


def reasons(run: SyncRun, *, most: int = 20) -> list[Reason]:
    """Return why rows were rejected, the most frequent first."""
    groups = RejectedRow.objects.filter(run=run).order_by().values("reason")
    counted = groups.annotate(rows=Count("id"), first_row=Min("row_number")).order_by("-rows", "first_row")
    return [Reason(**group) for group in counted[:most]]


def rejected_rows(run: SyncRun) -> QuerySet[RejectedRow]:
    """Return the rejected rows of a run as the file orders them."""
    return RejectedRow.objects.filter(run=run).order_by("row_number", "id")


def _seconds(run: SyncRun, now: datetime) -> float | None:
    if run.started_at is None:
        return None
    return max(0.0, ((run.finished_at or now) - run.started_at).total_seconds())


def _progress(run: SyncRun) -> float | None:
    """Return the share of the file that was read; None while nothing can be said."""
    if run.state in {SyncRun.State.DONE, SyncRun.State.UNCHANGED}:
        return 1.0
    if run.is_backfill:
        return run.share_filled_0_1
    if not run.bytes_total or run.started_at is None:
        return None
    return min(1.0, run.bytes_read / run.bytes_total)


def _labels() -> dict[str, str]:
    return {
        "touchpoints": _("Touchpoints"),
        "channels": _("Channels"),
        "departments": _("Departments"),
        "offers": _("Offers to departments"),
        "kpis": _("KPIs"),
        "readings": _("Readings"),
        "maps": _("Maps"),
        "stages": _("Stages"),
        "steps": _("Steps"),
    }
