"""Stops a feed that a person must put right, and tells its owner once: one mail for all feeds with the same trouble."""

import hashlib
from datetime import datetime, timedelta

from django.db import connection as database
from django.db.models.functions import Now
from django.utils.translation import ngettext

from connectors.models import Connection, Feed, SyncRun
from connectors.pipelines import owners
from connectors.services.schedules import PAUSED
from cxhub.lib import jobs
from orgs.models import AuditEntry, Workspace
from orgs.scope import scope
from orgs.services import audit, notifications

LOCK = 0x63787477  # "cxtw": those who tell about one connection take turns, and nobody waits for a mail server
SAME_OCCASION = timedelta(days=1)
"""Feeds of a connection that stop one after the other for the same reason are one piece of news for so long."""
MOST_NAMED = 20


def pause(run: SyncRun, sentence: str, *, at: datetime | None = None) -> None:
    """Stop the feed of a run that was fetching, and ask for its owner to be told. Needs the scope.

    A run with a file pauses nothing: the person who gave the file looks at the run.
    """
    running = Feed.objects.filter(pk=run.feed_id, paused_at=None)
    news = {"paused_at": at or Now(), "paused_reason": sentence[:500], "owner_told_at": None}
    if not run.is_fetching or not running.update(**news):
        return
    audit.record("feed.pause", run.feed, by=None, after={"reason": sentence[:500]}, origin=str(run))
    _tell_inbox(run.feed.connection, sentence)
    wake_tellers()


def _tell_inbox(connection: Connection, sentence: str) -> None:
    """Put it into the inbox of who answers for the connection: once for each reason, until it was put right."""
    reason = sentence[:500]
    readers = [reader.pk for reader in owners.of(connection)]
    occasion = hashlib.sha256(f"{reason}|{_times_put_right(connection)}".encode()).hexdigest()[:32]
    told = {"occasion": occasion, "by": None, "data": {"reason": reason}}
    notifications.tell(members=readers, kind=PAUSED, thing=connection, **told)


def _times_put_right(connection: Connection) -> int:
    feeds = Feed.objects.filter(connection=connection).values("pk")
    count: int = AuditEntry.objects.filter(action="feed.resume", subject_type="feed", subject_id__in=feeds).count()
    return count


def wake_tellers() -> None:
    """Wake a job for each piece of news that nobody was told of: a connection and a reason. Needs the scope."""
    news = ("connection_id", "paused_reason")
    for feed in Feed.objects.untold().order_by(*news, "id").distinct(*news):
        jobs.wake("connectors.tasks.tell", workspace_id=feed.workspace_id, feed_id=feed.pk)


def tell(*, workspace_id: int, feed_id: int) -> None:
    """Mail the owner of a paused feed, unless that was done. A mail server that is away is tried again by the sweep.

    The other feeds of its connection that stopped for the same reason are named in the same mail.
    """
    with scope(workspace_id):
        feed = Feed.objects.untold().select_related("connection").filter(pk=feed_id).first()
        if feed is None or not _take_turn(feed.connection_id):
            return
        alike = Feed.objects.filter(connection=feed.connection_id, paused_reason=feed.paused_reason)
        # Held until the note is written; what another worker told in the meantime is not among them any more.
        feeds = list(alike.untold().select_for_update(of=("self",), no_key=True).order_by("name", "id"))
        if not feeds:
            return
        is_known = alike.filter(paused_at__isnull=False, owner_told_at__gte=Now() - SAME_OCCASION).exists()
        readers = [] if is_known else owners.of(feed.connection)
        if not owners.mail(readers, *_words(feeds)):
            return
        Feed.objects.filter(pk__in=[one.pk for one in feeds]).update(owner_told_at=Now())
        after = {one.pk: {"members": [reader.pk for reader in readers]} for one in feeds}
        audit.record_many("feed.tell_owner", feeds, by=None, after=after)


def _take_turn(connection_id: int) -> bool:
    """Say whether nobody else tells about this connection now. Whoever does takes these feeds along, or the sweep."""
    with database.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s, %s)", [LOCK, connection_id % 2**31])
        return bool(cursor.fetchone()[0])


def _words(feeds: list[Feed]) -> tuple[str, str]:
    """Return the subject and the text of the mail about feeds that stopped for the same reason."""
    first, n = feeds[0], len(feeds)
    workspace = Workspace.objects.get(pk=first.workspace_id)
    names = "\n".join(f"- {owners.one_line(feed.name)}" for feed in feeds[:MOST_NAMED])
    words = {"n": n, "feed": owners.one_line(first.name), "reason": first.paused_reason, "workspace": workspace.name}
    subject = ngettext("“%(feed)s” is paused", "“%(feed)s” and other feeds are paused (%(n)d)", n) % words
    text = ngettext(
        "The feed “%(feed)s” in %(workspace)s is paused, and its figures are no longer refreshed.\n\n"
        "%(reason)s\n\n"
        "Put this right, then resume the feed on the page Connections. The last good figures stay until then.\n",
        "%(n)d feeds in %(workspace)s are paused, and their figures are no longer refreshed.\n\n"
        "%(reason)s\n\n"
        "Put this right, then resume the feeds on the page Connections. The last good figures stay until then.\n",
        n,
    )
    return subject, text % words + (f"\n{names}\n" if n > 1 else "")
