"""Feeds as the page of connections lists them: found, sorted, and each with its state, its latest run and its age."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from connectors import registry
from connectors.base import Puller, Receiver, SetUp
from connectors.models import Feed, PushMessage, Supply, SyncRun
from connectors.queries.feed_states import MARKS, RANKS, FeedState, with_state
from connectors.queries.timetables import hours_of, in_words
from insights.queries.freshness import Age, age

ORDERS = {
    "connection": ("connection__name", "connection", "name"),
    "name": ("name",),
    "state": ("rank", "name"),
    "run": ("latest_id",),
    "used": ("used",),
    "rejected": ("rejected",),
    "through": ("through",),
    "next": ("next_due_at",),
}


@dataclass(frozen=True)
class Filters:
    """What is asked for; empty text means everything."""

    search: str = ""
    state: str = ""
    kind: str = ""

    @property
    def is_active(self) -> bool:
        return bool(self.search or self.state or self.kind)


@dataclass(frozen=True)
class RunLine:
    """The latest run of a feed in short."""

    id: int
    state: str
    state_label: str
    asked_at: datetime
    finished_at: datetime | None
    message: str
    rows_used: int
    rows_rejected: int


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
    connection_id: int
    connection_name: str
    kind: str
    kind_label: str
    state: str
    state_label: str
    mark: str
    sentence: str
    """What is wrong, or when it is refreshed."""
    data_through: date | None
    refreshed_at: datetime | None
    age: Age
    fetches: bool
    is_pulled: bool
    """It is asked for days of one's choice."""
    is_supplied: bool
    """Its files come by themselves, from a watched folder or an address."""
    has_settings: bool
    is_paused: bool
    next_due_at: datetime | None
    latest: RunLine | None
    is_sent: bool
    """Its system sends of its own accord; the last message says how it does."""
    last_message: MessageLine | None


@dataclass(frozen=True)
class Group:
    """Feeds that stand together: those of one connection, or all of them where another order was asked for."""

    heading: str
    connection_id: int | None
    kind: str
    kind_label: str
    feeds: list[FeedView]


def listed(filters: Filters | None = None) -> QuerySet[Feed]:
    """Return the feeds that match, with all that `views` and ORDERS read."""
    asked = filters or Filters()
    newest = SyncRun.objects.filter(feed=OuterRef("pk")).order_by("-id")
    rows = with_state(Feed.objects.select_related("source", "connection")).annotate(
        latest_id=Coalesce(Subquery(newest.values("pk")[:1]), 0),
        used=Coalesce(Subquery(newest.values("rows_used")[:1]), 0),
        rejected=Coalesce(Subquery(newest.values("rows_rejected")[:1]), 0),
        through=Coalesce("source__data_through", date.min),
        is_supplied=Exists(Supply.objects.filter(feed=OuterRef("pk"))),
        message_pk=Subquery(PushMessage.objects.filter(feed=OuterRef("pk")).order_by("-id").values("pk")[:1]),
    )
    if asked.search:
        rows = rows.filter(Q(name__icontains=asked.search) | Q(connection__name__icontains=asked.search))
    if asked.state:
        rows = rows.filter(rank=RANKS.index(FeedState(asked.state)))
    if asked.kind:
        rows = rows.filter(connection__kind=asked.kind)
    return rows


def views(rows: Iterable[Any], *, now: datetime, zone: tzinfo) -> list[FeedView]:
    """Return feeds out of `listed`, each with its latest run and message. Two queries, however many there are."""
    found = list(rows)
    latest = SyncRun.objects.in_bulk([feed.latest_id for feed in found if feed.latest_id])
    sent = PushMessage.objects.in_bulk([feed.message_pk for feed in found if feed.message_pk])
    return [_view(feed, latest.get(feed.latest_id), sent.get(feed.message_pk), now, zone) for feed in found]


def grouped(feeds: Sequence[FeedView], *, by_connection: bool) -> list[Group]:
    """Put feeds that follow each other under their connection, or leave them in one group without a heading."""
    if not by_connection:
        return [Group("", None, "", "", list(feeds))]
    groups: list[Group] = []
    for feed in feeds:
        if not groups or groups[-1].connection_id != feed.connection_id:
            groups.append(Group(feed.connection_name, feed.connection_id, feed.kind, feed.kind_label, []))
        groups[-1].feeds.append(feed)
    return groups


def fetches(kind: str) -> bool:
    """Say whether feeds of a kind fetch of their own accord; the others read what people give them."""
    return isinstance(registry.CONNECTORS.get(kind), Puller)


def receives(kind: str) -> bool:
    """Say whether the systems of a kind send of their own accord."""
    return isinstance(registry.CONNECTORS.get(kind), Receiver)


def _view(feed: Any, run: SyncRun | None, message: PushMessage | None, now: datetime, zone: tzinfo) -> FeedView:
    state, kind = RANKS[feed.rank], feed.connection.kind
    return FeedView(
        id=feed.pk,
        name=feed.name,
        connection_id=feed.connection_id,
        connection_name=feed.connection.name,
        kind=kind,
        kind_label=registry.name_of(kind),
        state=state.value,
        state_label=str(state.label),
        mark=MARKS[state],
        sentence=feed.reason or _no_trouble(feed, kind),
        data_through=feed.source.data_through,
        refreshed_at=feed.source.refreshed_at,
        age=age(feed.source, now=now, zone=zone),
        fetches=fetches(kind) or receives(kind) or feed.is_supplied,
        is_pulled=fetches(kind),
        is_supplied=feed.is_supplied,
        has_settings=any(way.edit for way in registry.WAYS.get(kind, ()))
        or isinstance(registry.CONNECTORS.get(kind), SetUp),
        is_paused=feed.paused_at is not None,
        next_due_at=None if feed.paused_at else feed.next_due_at,
        latest=line(run) if run else None,
        is_sent=receives(kind),
        last_message=_message(message) if message else None,
    )


def _message(message: PushMessage) -> MessageLine:
    return MessageLine(message.received_at, message.rows_accepted, message.rows_rejected)


def _no_trouble(feed: Any, kind: str) -> str:
    if feed.paused_at:
        return _("Nothing is refreshed until somebody resumes it.")
    if receives(kind):
        return _("Takes in what its system sends.")
    if not fetches(kind) and not feed.is_supplied:
        return _("Reads the files that people give it.")
    return capfirst(in_words(feed.interval_minutes, hours_of(feed)))


def line(run: SyncRun) -> RunLine:
    """Return a run in short."""
    return RunLine(
        id=run.pk,
        state=run.state,
        state_label=run.get_state_display(),
        asked_at=run.asked_at,
        finished_at=run.finished_at,
        message=run.message,
        rows_used=run.rows_used,
        rows_rejected=run.rows_rejected,
    )
