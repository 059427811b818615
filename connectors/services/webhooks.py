"""Takes a message in: who signed it, is it new, which of its rows can be used. Kept first, put into figures later."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from connectors.base import Answer, Calendar, Ready, Rejected
from connectors.models import Feed, PushMessage, PushRow, SyncRun, Webhook
from connectors.queries import webhooks as kept
from connectors.queries.calendars import calendar_here
from connectors.systems.push import bodies, signatures
from connectors.systems.push.connector import PushConnector
from connectors.systems.push.settings import PushSettings
from cxhub.lib import jobs

A_MINUTE = timedelta(minutes=1)
MESSAGES_A_MINUTE = 600
"""Unless the connection says otherwise."""
LONGEST_ID = 100
YEARS_BACK, AHEAD = 5, timedelta(hours=24)
MOST_PEOPLE = 2**53
BETWEEN_NOTES = timedelta(seconds=10)
"""Refusals of one address are noted no more often, whoever sends how much."""


class OverQuota(Exception):
    """The feed got as many messages as it takes in a minute."""

    retry_after_seconds = 60


@dataclass(frozen=True)
class Receipt:
    """Accepted, duplicate (it is here already) or conflict (with another body; the first stays)."""

    result: str
    message_id: str
    accepted: int = 0
    rejected: int = 0
    rows: list[dict[str, Any]] = field(default_factory=list)
    """For each row its index and result; the reason where it is rejected, clock_suspect where its day cannot be."""


def receive(
    *, webhook: Webhook, headers: Mapping[str, str], body: bytes, is_gzip: bool = False, now: datetime
) -> Receipt:
    """Keep a signed message and have it added up; one that is here already changes nothing. `body` is as it came.

    Raises cxhub.lib.signatures.NotSigned, bodies.BadBody, bodies.TooLarge, OverQuota, connectors.base.SetupProblem.
    """
    feed = webhook.feed
    settings = PushSettings.from_json(feed.mapping)
    signed_id = signatures.check(settings, headers, body, kept.valid_secrets(feed, now), now)
    plain = bodies.unpacked(body) if is_gzip else body
    document = bodies.document(plain)
    sha256 = hashlib.sha256(plain).hexdigest()
    message_id = signed_id or _id_within(settings, document) or f"sha256-{sha256}"
    if not 0 < len(message_id) <= LONGEST_ID or not message_id.isprintable():
        raise bodies.BadBody(_("The id of a message has 1 to %(most)d plain characters.") % {"most": LONGEST_ID})
    known = PushMessage.objects.filter(feed=feed, key=message_id).first()
    if known:
        return _again(known, sha256)
    _refuse_flood(feed, now)
    return _keep(feed, settings, message_id, sha256, document, now)


def note_refusal(*, webhook: Webhook, reason: str, now: datetime) -> None:
    """Note that a message was turned away, for the page of the webhook; not each, or strangers could keep us busy."""
    stale = Webhook.objects.filter(pk=webhook.pk).exclude(refused_at__gt=now - BETWEEN_NOTES)
    stale.update(refused_at=now, refusal=reason[:20])


def _keep(feed: Feed, settings: PushSettings, message_id: str, sha256: str, document: Any, now: datetime) -> Receipt:
    calendar = calendar_here()
    records = list(enumerate(_usable(PushConnector().receive(feed.mapping, document, calendar))))
    rejected = [(index, one) for index, one in records if isinstance(one, Rejected)]
    message = PushMessage(feed=feed, key=message_id, body_sha256=sha256, received_at=now)
    rows = [_row(message, i, one, calendar, now) for i, one in records if not isinstance(one, Rejected)]
    message.rows_accepted, message.rows_rejected = len(rows), len(rejected)
    message.rows_suspect = sum(row.is_suspect for row in rows)
    message.rejected = [[index, one.reason[:300], one.value[:200]] for index, one in rejected]
    try:
        with transaction.atomic():
            message.save()
    except IntegrityError:  # the same message came twice at one moment, and the other was first
        return _again(PushMessage.objects.get(feed=feed, key=message_id), sha256)
    PushRow.objects.bulk_create(rows)
    _wake(feed)
    return Receipt("accepted", message_id, len(rows), len(rejected), _results(rows, rejected))


def _again(known: PushMessage, sha256: str) -> Receipt:
    return Receipt("duplicate" if known.body_sha256 == sha256 else "conflict", known.key)


def _wake(feed: Feed) -> None:
    """Have the message added up. One waiting run takes all there is, and the sweep finds what nobody was woken for."""
    if not SyncRun.objects.fetching().filter(feed=feed, state=SyncRun.State.QUEUED).exists():
        jobs.wake("connectors.tasks.digest", workspace_id=feed.workspace_id, feed_id=feed.pk)


def _refuse_flood(feed: Feed, now: datetime) -> None:
    lately = PushMessage.objects.filter(feed=feed, received_at__gt=now - A_MINUTE)
    if lately.count() >= (feed.connection.per_minute or MESSAGES_A_MINUTE):
        raise OverQuota


def _id_within(settings: PushSettings, document: Any) -> str:
    """Return the id that a plainly signed message holds; empty where it holds none."""
    if settings.signature != "hmac" or not settings.id_path:
        return ""
    found = bodies.found_at(settings.id_path, document)
    if found is None or isinstance(found, bool) or not isinstance(found, str | int):
        raise bodies.BadBody(_("The message has no id at “%(path)s”.") % {"path": settings.id_path[:60]})
    return str(found)


def _usable(records: Iterator[Answer | Ready | Rejected]) -> Iterator[Answer | Ready | Rejected]:
    """Yield the records, those with a number of people that no column holds as rejected."""
    for record in records:
        if isinstance(record, Ready) and max(record.answered or 0, record.asked or 0) > MOST_PEOPLE:
            yield Rejected(record.row, _("More people than there can be"))
        else:
            yield record


def _row(message: PushMessage, position: int, record: Answer | Ready, calendar: Calendar, now: datetime) -> PushRow:
    is_answer = isinstance(record, Answer)
    return PushRow(
        feed_id=message.feed_id,
        message=message,
        position=position,
        day=record.day,
        is_suspect=is_suspect(record.day, calendar, now),
        touchpoint=record.place.touchpoint,
        channel=record.place.channel,
        department=record.place.department,
        value=record.score if is_answer else record.value,
        answered=None if is_answer else record.answered,
        asked=None if is_answer else record.asked,
    )


def is_suspect(day: date, calendar: Calendar, now: datetime) -> bool:
    """Say whether a day is more than 5 years back or 24 hours ahead, so that a wrong clock must have written it."""
    today, latest = (moment.astimezone(calendar.zone).date() for moment in (now, now + AHEAD))
    # Compared by parts: five years before 29 February there is no such day.
    is_old = (day.year, day.month, day.day) < (today.year - YEARS_BACK, today.month, today.day)
    return is_old or day > latest


def _results(rows: list[PushRow], rejected: list[tuple[int, Rejected]]) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = [
        {"index": row.position, "result": "accepted", **({"clock_suspect": True} if row.is_suspect else {})}
        for row in rows
    ]
    told += [{"index": index, "result": "rejected", "reason": one.reason} for index, one in rejected]
    return sorted(told, key=lambda one: one["index"])
