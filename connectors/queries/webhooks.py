"""Webhooks and what came in through them: found by token for the door, described for pages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings as installation
from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from connectors.models import Feed, PushMessage, SigningSecret, Webhook
from cxhub.lib.secrets import WrongKey
from orgs import tokens


@dataclass(frozen=True)
class Totals:
    """What a feed was sent so far, and when last."""

    messages: int
    waiting: int
    accepted: int
    suspect: int
    rejected: int
    last_at: datetime | None


@dataclass(frozen=True)
class SecretLine:
    """A signing secret without the secret."""

    kept_at: datetime
    kept_by: str
    ends_at: datetime | None


def by_token(token: str) -> Webhook | None:
    """Return the webhook that an address names, with its feed. Needs the scope of the workspace that it names."""
    rows = Webhook.objects.select_related("feed__connection")
    found: Webhook | None = rows.filter(token_sha256=tokens.hashed(token)).first()
    return found


def valid_secrets(feed: Feed, now: datetime) -> list[str]:
    """Return the secrets that a message may be signed with now; one whose encryption key is gone signs nothing."""
    found = []
    for secret in SigningSecret.objects.filter(feed=feed).valid(now):
        try:
            found.append(secret.value.open(installation.ENCRYPTION_KEYS))
        except WrongKey:
            continue
    return found


def token_of(feed: Feed) -> str:
    """Return the word in the address of a feed; empty when its encryption key is gone."""
    try:
        return Webhook.objects.get(feed=feed).token.open(installation.ENCRYPTION_KEYS)
    except WrongKey:
        return ""


def secret_lines(feed: Feed, now: datetime) -> list[SecretLine]:
    """Return the valid secrets of a feed, the newest first."""
    rows = SigningSecret.objects.filter(feed=feed).valid(now).select_related("kept_by__user")
    return [SecretLine(row.kept_at, str(row.kept_by), row.ends_at) for row in rows]


def refusal(feed: Feed) -> tuple[datetime, str] | None:
    """Return when a message was last turned away, and what to do, unless a later one was taken in."""
    webhook = Webhook.objects.filter(feed=feed).exclude(refused_at=None).first()
    if webhook is None or PushMessage.objects.filter(feed=feed, received_at__gt=webhook.refused_at).exists():
        return None
    return webhook.refused_at, _refusals().get(webhook.refusal, _refusals()["body"])


def _refusals() -> dict[str, str]:
    return {
        "headers": _("It had no webhook-id, webhook-timestamp and webhook-signature. Check how the sender signs."),
        "time": _("It was signed more than 5 minutes ago, or ahead. Check the clock of the sender."),
        "signature": _("None of the secrets fits its signature. Give the sender the newest secret."),
        "quota": _("It came beyond the messages that the feed takes in a minute. Send several rows in one message."),
        "settings": _("The settings of this feed cannot be read. Save them again."),
        "body": _("Its body could not be read. Check that it is JSON, and not too large."),
    }


def totals(feed: Feed) -> Totals:
    """Return what a feed was sent so far, in one query."""
    counts: dict[str, Any] = PushMessage.objects.filter(feed=feed).aggregate(
        messages=Count("pk"),
        waiting=Count("pk", filter=Q(digested_at=None)),
        accepted=Sum("rows_accepted", default=0),
        suspect=Sum("rows_suspect", default=0),
        rejected=Sum("rows_rejected", default=0),
        last_at=Max("received_at"),
    )
    return Totals(**counts)


def messages(feed: Feed, *, only: str = "", search: str = "") -> QuerySet[PushMessage]:
    """Return the messages of a feed, the newest first: all, or those that wait, or with rows nobody can use."""
    rows = PushMessage.objects.filter(feed=feed).select_related("run").order_by("-id")
    chosen = {"waiting": Q(digested_at=None), "rejected": Q(rows_rejected__gt=0), "suspect": Q(rows_suspect__gt=0)}
    rows = rows.filter(chosen[only]) if only in chosen else rows
    return rows.filter(key__icontains=search) if search else rows
