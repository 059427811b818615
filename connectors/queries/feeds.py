"""Feeds as the page of connections lists them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Subquery

from connectors.base import Puller, Receiver
from connectors.models import Feed, PushMessage, Supply, SyncRun
from connectors.registry import CONNECTORS


@dataclass(frozen=True)
class RunLine:
    """The latest run of a feed in short."""

    id: int
    state: str
    state_label: str
    asked_at: datetime
    finished_at: datetime | None
    message: str


@dataclass(frozen=True)
class MessageLine:
    """The latest message that a feed was sent."""

    received_at: datetime
    accepted: int
    rejected: int


@dataclass(frozen=True)
class FeedView:
    id: int
    name: str
    kind: str
    kind_label: str
    source_name: str
    data_through: date | None
    refreshed_at: datetime | None
    trouble: str
    files: int
    fetches: bool
    is_supplied: bool
    """Its files come by themselves, from a watched folder or an address."""
    is_paused: bool
    paused_reason: str
    next_due_at: datetime | None
    latest: RunLine | None
    is_sent: bool
    """Its system sends of its own accord; the last message says how it does."""
    last_message: MessageLine | None


def feeds() -> list[FeedView]:
    """Return every feed with its latest run, by name; in three queries, however many there are."""
    newest = SyncRun.objects.filter(feed=OuterRef("pk")).order_by("-id").values("pk")[:1]
    last = PushMessage.objects.filter(feed=OuterRef("pk")).order_by("-id").values("pk")[:1]
    rows = Feed.objects.select_related("source", "connection")
    supplied = Exists(Supply.objects.filter(feed=OuterRef("pk")))
    rows = rows.annotate(
        files=Count("file_parts"), latest_id=Subquery(newest), message_pk=Subquery(last), is_supplied=supplied
    )
    found = list(rows.order_by("name", "id"))
    latest = SyncRun.objects.in_bulk([feed.latest_id for feed in found if feed.latest_id])
    sent = PushMessage.objects.in_bulk([feed.message_pk for feed in found if feed.message_pk])
    return [_view(feed, latest.get(feed.latest_id), sent.get(feed.message_pk)) for feed in found]


def _view(feed: Feed, run: SyncRun | None, message: PushMessage | None) -> FeedView:
    kind = feed.connection.kind
    return FeedView(
        id=feed.pk,
        name=feed.name,
        kind=kind,
        kind_label=str(CONNECTORS[kind].name) if kind in CONNECTORS else kind,
        source_name=feed.source.name,
        data_through=feed.source.data_through,
        refreshed_at=feed.source.refreshed_at,
        trouble=feed.source.trouble,
        files=feed.files,  # type: ignore[attr-defined]
        fetches=isinstance(CONNECTORS.get(kind), Puller | Receiver) or feed.is_supplied,  # type: ignore[attr-defined]
        is_supplied=feed.is_supplied,  # type: ignore[attr-defined]
        is_paused=feed.paused_at is not None,
        paused_reason=feed.paused_reason,
        next_due_at=feed.next_due_at,
        latest=_line(run) if run else None,
        is_sent=isinstance(CONNECTORS.get(kind), Receiver),
        last_message=_message(message) if message else None,
    )


def _message(message: PushMessage) -> MessageLine:
    return MessageLine(message.received_at, message.rows_accepted, message.rows_rejected)


def _line(run: SyncRun) -> RunLine:
    return RunLine(run.pk, run.state, run.get_state_display(), run.asked_at, run.finished_at, run.message)
