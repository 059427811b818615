"""Stops a feed that a person must put right, and tells its owner once."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from connectors.models import Connection, Feed, SyncRun
from cxhub.lib import jobs
from orgs.models import Member, Workspace
from orgs.roles import Role
from orgs.scope import scope
from orgs.services import audit

log = logging.getLogger(__name__)

MAIL_SECONDS = 15
"""A mail server that hangs must not hold a worker."""


def pause(run: SyncRun, sentence: str) -> None:
    """Stop the feed of a run that was fetching, and ask for its owner to be told. Needs the scope.

    A run with a file pauses nothing: the person who gave the file looks at the run.
    """
    running = Feed.objects.filter(pk=run.feed_id, paused_at=None)
    news = {"paused_at": Now(), "paused_reason": sentence[:500], "owner_told_at": None}
    if not run.is_fetching or not running.update(**news):
        return
    audit.record("feed.pause", run.feed, by=None, after={"reason": sentence[:500]}, origin=str(run))
    wake_tellers()


def wake_tellers() -> None:
    """Wake a job for each pause that nobody was told of. Needs the scope."""
    for feed in Feed.objects.untold():
        jobs.wake("connectors.tasks.tell", workspace_id=feed.workspace_id, feed_id=feed.pk)


def tell(*, workspace_id: int, feed_id: int) -> None:
    """Mail the owner of a paused feed, unless that was done. A mail server that is away is tried again by the sweep."""
    with scope(workspace_id):
        # Held until the note is written, so that two workers do not both send.
        untold = Feed.objects.untold().select_for_update(skip_locked=True, of=("self",))
        feed = untold.select_related("connection__created_by__user").filter(pk=feed_id).first()
        if feed is None:
            return
        readers = _readers(feed.connection)
        if readers and not _send(_mail(feed, readers)):
            return
        Feed.objects.filter(pk=feed.pk).update(owner_told_at=Now())
        audit.record("feed.tell_owner", feed, by=None, after={"members": [reader.pk for reader in readers]})


def _readers(connection: Connection) -> list[Member]:
    """Return who set the connection up; the administrators when that person has left."""
    current = Member.objects.current().filter(user__is_active=True).select_related("user")
    owner = list(current.filter(pk=connection.created_by_id))
    return owner or list(current.filter(roles__role=Role.ADMINISTRATOR).distinct().order_by("pk"))


def _mail(feed: Feed, readers: list[Member]) -> EmailMessage:
    workspace = Workspace.objects.get(pk=feed.workspace_id)
    words = {"feed": _one_line(feed.name), "reason": feed.paused_reason, "workspace": workspace.name}
    text = _(
        "The feed “%(feed)s” in %(workspace)s is paused, and its figures are no longer refreshed.\n\n"
        "%(reason)s\n\n"
        "Put this right, then resume the feed on the page Connections. The last good figures stay until then.\n"
    )
    return EmailMessage(
        _("“%(feed)s” is paused") % words,
        text % words,
        settings.DEFAULT_FROM_EMAIL,
        [reader.user.email for reader in readers],
        connection=get_connection(timeout=MAIL_SECONDS),
    )


def _send(mail: EmailMessage) -> bool:
    try:
        mail.send()
    except OSError as error:  # whatever smtplib raises is one
        log.warning("A mail about a paused feed could not be sent (%s); the sweep tries again.", type(error).__name__)
        return False
    return True


def _one_line(text: str) -> str:
    return " ".join(text.split())
