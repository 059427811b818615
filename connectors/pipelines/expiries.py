"""Warns the owner of a connection before its secret ends: one mail for each occasion, whatever crashes."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from connectors.models import ConnectionSecret
from connectors.pipelines import owners
from connectors.queries.calendars import calendar_here
from connectors.queries.expiries import WARNED_DAYS, expiry
from cxhub.lib import jobs
from orgs.models import Workspace
from orgs.scope import scope
from orgs.services import audit


def wake_warners(now: datetime) -> None:
    """Wake a job for each secret whose owner has not heard of its end yet. Needs the scope."""
    until = now.date() + timedelta(days=WARNED_DAYS[0] + 1)  # wherever the workspace is
    near = ConnectionSecret.objects.filter(expires_on__lte=until).exclude(warned_days=WARNED_DAYS[-1])
    found = list(near.order_by("id"))
    today = _today(now) if found else date.max  # nobody asks for the workspace's day when there is no secret
    for secret in found:
        if _occasion(secret, today):
            jobs.wake("connectors.tasks.warn", workspace_id=secret.workspace_id, secret_id=secret.pk)


def warn(*, workspace_id: int, secret_id: int, now: datetime) -> None:
    """Mail the owner that a secret ends soon, unless that was done. A mail server that is away is tried again."""
    with scope(workspace_id):
        # Held until the note is written, so that two workers do not both send.
        free = ConnectionSecret.objects.select_for_update(skip_locked=True, of=("self",), no_key=True)
        secret = free.select_related("connection").filter(pk=secret_id).first()
        occasion = secret and _occasion(secret, _today(now))
        if secret is None or not occasion:
            return
        readers = owners.of(secret.connection)
        if not owners.mail(readers, *_words(secret, _today(now))):
            return
        ConnectionSecret.objects.filter(pk=secret.pk).update(warned_days=occasion)
        after = {"days_before": occasion, "members": [reader.pk for reader in readers]}
        audit.record("connection.warn_owner", secret.connection, by=None, after=after)


def _occasion(secret: ConnectionSecret, today: date) -> int | None:
    """Return for how many days before its end the owner must hear of a secret now; None: not now, or done."""
    if secret.expires_on is None or secret.expires_on < today:
        return None
    left = (secret.expires_on - today).days
    reached = min((days for days in WARNED_DAYS if left <= days), default=None)
    is_done = secret.warned_days is not None and reached is not None and secret.warned_days <= reached
    return None if is_done else reached


def _words(secret: ConnectionSecret, today: date) -> tuple[str, str]:
    workspace = Workspace.objects.get(pk=secret.workspace_id)
    told = expiry(secret, today).sentence
    text = _(
        "%(told)s\n\n"
        "You answer for this connection in %(workspace)s. Enter the new key on the page Connections, "
        "under Settings. Without it the feeds stop, and their last good figures stay.\n"
    )
    subject = _("The key of “%(connection)s” expires soon") % {"connection": secret.connection.name}
    return subject, text % {"told": told, "workspace": workspace.name}


def _today(now: datetime) -> date:
    return now.astimezone(calendar_here().zone).date()
