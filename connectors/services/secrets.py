"""Keeps, replaces and clears the secrets of a connection. What they are is never returned to a page or written down."""

from django.conf import settings
from django.db import transaction

from connectors.models import Connection, ConnectionSecret
from cxhub.lib.secrets import Sealed
from orgs.models import Member
from orgs.services import audit


@transaction.atomic
def keep(*, connection: Connection, field: str, text: str, origin: str, by: Member) -> None:
    """Keep a secret for this origin in place of the one before."""
    sealed = Sealed.of(text, settings.ENCRYPTION_KEYS)
    news = {"value": sealed, "origin": origin, "kept_by": by}
    ConnectionSecret.objects.update_or_create(connection=connection, field=field, defaults=news)
    audit.record("connection.secret", connection, by=by, after={field: "changed", "for": origin})


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
