"""The state of a feed, one word each, worst first; and its sentence. Pages, filters and CSV read it here."""

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, TextChoices, Value, When
from django.utils.translation import gettext_lazy as _

from connectors.base import Receiver
from connectors.models import SyncRun
from connectors.registry import CONNECTORS


class FeedState(TextChoices):
    STOPPED = "stopped", _("Needs you")
    FAILING = "failing", _("Has trouble")
    PAUSED = "paused", _("Paused")
    RUNNING = "running", _("Running")
    SCHEDULED = "scheduled", _("On schedule")
    RECEIVING = "receiving", _("Receives messages")
    BY_HAND = "by_hand", _("By hand")


RANKS = list(FeedState)
MARKS = {
    FeedState.STOPPED: "failed",
    FeedState.FAILING: "watch",
    FeedState.PAUSED: "paused",
    FeedState.RUNNING: "running",
    FeedState.SCHEDULED: "done",
    FeedState.RECEIVING: "done",
    FeedState.BY_HAND: "no_target",
}
"""The status mark of each state (cxhub/web/marks.py)."""


def with_state(feeds: QuerySet) -> QuerySet:
    """Add to each feed its `rank` in RANKS, and its `reason`: what is wrong with it, empty when nothing is."""
    unfinished = SyncRun.objects.unfinished().filter(feed=OuterRef("pk"))
    reason = Case(When(paused_at__isnull=False, then=F("paused_reason")), default=F("source__trouble"))
    rank = Case(
        When(paused_at__isnull=False, paused_reason="", then=_rank(FeedState.PAUSED)),
        When(paused_at__isnull=False, then=_rank(FeedState.STOPPED)),
        When(Exists(unfinished), then=_rank(FeedState.RUNNING)),
        When(~Q(source__trouble=""), then=_rank(FeedState.FAILING)),
        When(connection__kind__in=_that_receive(), then=_rank(FeedState.RECEIVING)),
        When(interval_minutes__isnull=False, then=_rank(FeedState.SCHEDULED)),
        default=_rank(FeedState.BY_HAND),
        output_field=IntegerField(),
    )
    return feeds.annotate(reason=reason, rank=rank)


def _that_receive() -> list[str]:
    return [kind for kind, one in CONNECTORS.items() if isinstance(one, Receiver)]


def _rank(state: FeedState) -> Value:
    return Value(RANKS.index(state))
