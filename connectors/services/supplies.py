"""Sets up feeds whose files come by themselves: from a watched folder, or from an address."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from connectors.base import Problem, SetupProblem, TryLater
from connectors.calls import SECRET
from connectors.models import Connection, Feed, Supply, SyncRun, TakenFile, UploadedFile
from connectors.queries import secrets as kept
from connectors.queries import supplies as queries
from connectors.queries.supplies import Address, Folder
from connectors.services import feeds, schedules, secrets, uploads
from connectors.systems.file import addresses, folders
from connectors.systems.file.mapping import Mapping
from cxhub.lib.http import Refused, check, origin_of
from orgs.models import Member
from orgs.services import audit

KIND = "file"
LONGEST_NAME = 190


class SupplyHasProblems(Exception):
    """The settings cannot be used; `problems` says why, field by field."""

    def __init__(self, found: list[Problem]) -> None:
        super().__init__(_("Some settings need a change."))
        self.problems = found


@transaction.atomic
def begin(*, settings: Folder | Address, secret: str = "", now: datetime, by: Member) -> Supply:
    """Keep where the files are, and bring the newest of them to be looked at. Nothing is read before `accept`.

    Raises SupplyHasProblems, SetupProblem.
    """
    _refuse(settings)
    if isinstance(settings, Address) and settings.sign_in != "none" and not secret:
        raise SupplyHasProblems([Problem("secret", _("Enter the secret to sign in with."))])
    connection = Connection.objects.create(kind=KIND, name=_free_name(str(settings)), created_by=by)
    audit.record("connection.create", connection, by=by, after={"kind": KIND, "name": connection.name})
    _keep_secret(connection, settings, secret, by)
    kind = Supply.Kind.FOLDER if isinstance(settings, Folder) else Supply.Kind.ADDRESS
    supply = Supply.objects.create(connection=connection, kind=kind, settings=settings.to_json())
    audit.record("supply.create", supply, by=by, after={"kind": kind, **supply.settings})
    return look(supply=supply, now=now, by=by)


@transaction.atomic
def change(*, supply: Supply, settings: Folder | Address, secret: str = "", now: datetime, by: Member) -> Supply:
    """Take the files from elsewhere from now on, all of them anew. A secret goes when its origin changes.

    Raises SupplyHasProblems, SetupProblem.
    """
    _refuse(settings)
    if isinstance(settings, Address):
        origin = origin_of(settings.url) if settings.sign_in != "none" else ""
        if origin and not secret and not kept.are_kept(supply.connection, origin):
            words = _("No secret is kept for this address. Enter it again.")
            raise SupplyHasProblems([Problem("secret", words)])
        secrets.clear(connection=supply.connection, by=by, unless_for=origin)
    _keep_secret(supply.connection, settings, secret, by)
    before, after = supply.settings, settings.to_json()
    if before != after:
        supply.settings = after
        supply.save()
        audit.record("supply.change", supply, by=by, before=before, after=after)
        if supply.feed is not None:
            _forget(supply.feed)
    return look(supply=supply, now=now, by=by)


@transaction.atomic
def look(*, supply: Supply, now: datetime, by: Member) -> Supply:
    """Bring the newest file, so that a person can say how such files are read. Raises SetupProblem."""
    settings = queries.settings_of(supply)
    if isinstance(settings, Folder):
        supply.sample = _newest(settings, by)
    else:
        supply.sample = _fetched(settings, supply.connection, now, by)
    supply.save()
    return supply


@transaction.atomic
def accept(
    *, supply: Supply, mapping: Mapping, feed_name: str, interval_minutes: int | None, now: datetime, by: Member
) -> SyncRun:
    """Read the files so from now on, at this interval, beginning with all that are there. Returns the run that looks.

    Raises feeds.MappingHasProblems, SetupProblem, schedules.FeedIsPaused.
    """
    # Two people who accept at once must not make two feeds of one supply.
    held = (
        Supply.objects.select_for_update(of=("self",)).select_related("connection", "feed", "sample").get(pk=supply.pk)
    )
    feed = feeds.agree(
        file=held.sample, mapping=mapping, feed_name=feed_name, feed=held.feed, connection=held.connection, by=by
    )
    if held.feed is None:
        held.feed = feed
        held.save()
        audit.record("supply.accept", held, by=by, after={"feed": feed.name})
        schedules.keep(feed=feed, interval_minutes=interval_minutes, now=now, by=by)
    else:
        _forget(feed)
    return schedules.run_now(feed=feed, by=by)


@transaction.atomic
def take_again(*, feed: Feed, by: Member) -> SyncRun:
    """Take every file that is there anew; one that was read in the same way changes nothing.

    Raises schedules.FeedIsPaused, schedules.FeedReadsFiles.
    """
    run = schedules.run_now(feed=feed, by=by)
    _forget(feed)
    audit.record("supply.take_again", feed, by=by)
    return run


def _refuse(settings: Folder | Address) -> None:
    """Raise SupplyHasProblems for settings that can never be used."""
    if isinstance(settings, Folder):
        found = folders.problems(settings)
    else:
        found = addresses.problems(settings)
        if not any(problem.field == "url" for problem in found):
            try:
                check(settings.url)
            except Refused as refused:
                found.append(Problem("url", refused.sentence))
    if found:
        raise SupplyHasProblems(found)


def _forget(feed: Feed) -> None:
    TakenFile.objects.filter(feed=feed).delete()
    Feed.objects.filter(pk=feed.pk).update(cursor={})


def _keep_secret(connection: Connection, settings: Folder | Address, secret: str, by: Member) -> None:
    if secret and isinstance(settings, Address) and settings.sign_in != "none":
        secrets.keep(connection=connection, field=SECRET, text=secret, origin=origin_of(settings.url), by=by)


def _free_name(wanted: str) -> str:
    """Return a name that no other connection of files has."""
    taken = set(Connection.objects.filter(kind=KIND).values_list("name", flat=True))
    plain, count = wanted[:LONGEST_NAME], 1
    name = plain
    while name in taken:
        count += 1
        name = f"{plain} ({count})"
    return name


def _newest(settings: Folder, by: Member) -> UploadedFile:
    """Keep the newest file of a folder that can be taken. Raises SetupProblem."""
    room, trouble = queries.room_here(), ""
    for seen in reversed(folders.found(room, settings)):
        try:
            with folders.opened(room, settings, seen) as content:
                return uploads.store(name=seen.name, content=content, by=by)
        except folders.CannotTake as problem:
            trouble = trouble or problem.sentence
        except folders.StillGrows:
            trouble = trouble or _("“%(name)s” is being written at this moment.") % {"name": seen.name}
    raise SetupProblem(
        trouble or _("No file fits “%(pattern)s”. Put one there, or choose another pattern.") % settings.to_json()
    )


def _fetched(settings: Address, connection: Connection, now: datetime, by: Member) -> UploadedFile:
    """Fetch and keep the file of an address. Raises SetupProblem: a person waits, so nothing is tried later."""
    try:
        fetched = addresses.fetched(settings, queries.asking(connection, now))
    except TryLater as later:
        raise SetupProblem(later.sentence) from None
    if fetched is None:  # nothing is known that could be unchanged
        raise SetupProblem(_("The address gives no file. Check it."))
    try:
        return uploads.store(name=fetched.name, content=[fetched.content], by=by)
    except uploads.FileIsTooLarge as problem:
        raise SetupProblem(str(problem)) from None
