"""Secrets whose last day is near or gone: what pages and reasons say about them. Who is told is a pipeline."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from connectors.models import Connection, ConnectionSecret

WARNED_DAYS = (14, 3)
"""So many days before its last one a secret is warned of: on pages from the first, by mail on each."""
MOST_SHOWN = 20


@dataclass(frozen=True)
class Expiry:
    """A secret that ends soon or has ended, in words."""

    connection_id: int
    sentence: str
    is_over: bool


def near(today: date) -> list[Expiry]:
    """Return what there is to say about every connection, the most urgent first. One query."""
    until = today + timedelta(days=WARNED_DAYS[0])
    rows = ConnectionSecret.objects.filter(expires_on__lte=until).select_related("connection")
    return [expiry(row, today) for row in rows.order_by("expires_on", "id")[:MOST_SHOWN]]


def of(connection: Connection, today: date) -> Expiry | None:
    """Return what there is to say about one connection."""
    until = today + timedelta(days=WARNED_DAYS[0])
    rows = ConnectionSecret.objects.filter(connection=connection, expires_on__lte=until).select_related("connection")
    first = rows.order_by("expires_on", "id").first()
    return expiry(first, today) if first else None


def expiry(secret: ConnectionSecret, today: date) -> Expiry:
    """Put the end of a secret into words. On the day itself it may still work."""
    is_over = secret.expires_on < today
    words = {"connection": secret.connection.name, "day": date_format(secret.expires_on, "j F Y")}
    if is_over:
        sentence = _("The key of “%(connection)s” expired on %(day)s: give it a new one.")
    else:
        sentence = _("The key of “%(connection)s” expires on %(day)s: give it a new one before.")
    return Expiry(secret.connection_id, sentence % words, is_over)
