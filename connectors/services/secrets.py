"""Keeps, replaces, dates and clears the secrets of a connection. What they are is never returned or written down."""

from datetime import date

from django.conf import settings
from django.db import transaction

from connectors.models import Connection, ConnectionSecret
from cxhub.lib.secrets import Sealed
from orgs.models import Member
from orgs.services import audit


@transaction.atomic
def keep(
    *, connection: Connection, field: str, text: str, origin: str, expires_on: date | None = None, by: Member
) -> None:
    """Keep a secret for this origin in place of the one before; `expires_on` is when it ends, if anybody said."""
    sealed = Sealed.of(text, settings.ENCRYPTION_KEYS)
    news = {"value": sealed, "origin": origin, "kept_by": by, "expires_on": expires_on, "warned_days": None}
    ConnectionSecret.objects.update_or_create(connection=connection, field=field, defaults=news)
    audit.record("connection.secret", connection, by=by, after={field: "changed", "for": origin, **_dated(expires_on)})


@transaction.atomic
def date_anew(*, connection: Connection, field: str, expires_on: date | None, by: Member) -> None:
    """Say that a kept secret expires on another day than was thought; its owner is warned anew."""
    kept = ConnectionSecret.objects.select_for_update().filter(connection=connection, field=field).first()
    if kept is None or kept.expires_on == expires_on:
        return
    before, kept.expires_on, kept.warned_days = _dated(kept.expires_on), expires_on, None
    kept.save()
    audit.record("connection.secret_expiry", connection, by=by, before=before, after=_dated(expires_on))


@transaction.atomic
def clear(*, connection: Connection, by: Member, unless_for: str = "") -> bool:
    """Forget the secrets of a connection, apart from those for this origin. Returns whether any went."""
    strange = ConnectionSecret.objects.filter(connection=connection).exclude(origin=unless_for)
    names = sorted(strange.values_list("field", flat=True))
    if not names:
        return False
    strange.delete()
    audit.record("connection.secret", connection, by=by, after=dict.fromkeys(names, "cleared"))
    return True


def _dated(expires_on: date | None) -> dict[str, str]:
    return {"expires_on": expires_on.isoformat()} if expires_on else {}
