"""The secrets of a connection: for a run in the clear, for a page only whether there are any."""

from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from connectors.base import SetupProblem
from connectors.models import Connection, ConnectionSecret
from cxhub.lib.secrets import WrongKey


def are_kept(connection: Connection, origin: str) -> bool:
    """Say whether a secret for this origin is kept."""
    return ConnectionSecret.objects.filter(connection=connection, origin=origin).exists()


def names(connection: Connection, origin: str) -> set[str]:
    """Return the fields whose secret is kept for this origin."""
    return set(ConnectionSecret.objects.filter(connection=connection, origin=origin).values_list("field", flat=True))


def last_day(connection: Connection) -> date | None:
    """Return the day on which the secret of the connection expires, as far as anybody said."""
    rows = ConnectionSecret.objects.filter(connection=connection, expires_on__isnull=False).order_by("expires_on")
    found: date | None = rows.values_list("expires_on", flat=True).first()
    return found


def opened(connection: Connection) -> dict[str, str]:
    """Return each secret by its field, and beside it, as `<field>_origin`, where alone it may be sent.

    Raises SetupProblem when the key it was encrypted with is gone.
    """
    found: dict[str, str] = {}
    for secret in ConnectionSecret.objects.filter(connection=connection):
        try:
            found[secret.field] = secret.value.open(settings.ENCRYPTION_KEYS)
        except WrongKey:
            words = _("The secret that is kept cannot be read: its encryption key is gone. Enter the secret again.")
            raise SetupProblem(words) from None
        found[f"{secret.field}_origin"] = secret.origin
    return found
