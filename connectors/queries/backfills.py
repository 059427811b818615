"""The latest backfill of a feed, by days."""

from dataclasses import dataclass
from datetime import date

from connectors.models import Feed, SyncRun


@dataclass(frozen=True)
class BackfillView:
    run_id: int
    state: str
    state_label: str
    first_day: date
    last_day: date
    filled_through: date | None
    days: int
    days_filled: int
    message: str
    is_finished: bool
    can_cancel: bool
    is_cancel_asked: bool


def latest(feed: Feed) -> BackfillView | None:
    """Return the last backfill that was asked for, None when there was none."""
    run = SyncRun.objects.filter(feed=feed, first_day__isnull=False).order_by("-id").first()
    return _view(run) if run else None


def _view(run: SyncRun) -> BackfillView:
    days = (run.last_day - run.first_day).days + 1
    return BackfillView(
        run_id=run.pk,
        state=run.state,
        state_label=run.get_state_display(),
        first_day=run.first_day,
        last_day=run.last_day,
        filled_through=run.filled_through,
        days=days,
        days_filled=round(run.share_filled_0_1 * days),
        message=run.message,
        is_finished=run.is_finished,
        can_cancel=not run.is_finished and run.cancel_asked_at is None,
        is_cancel_asked=run.cancel_asked_at is not None,
    )
