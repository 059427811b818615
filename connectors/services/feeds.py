"""Accepts an uploaded file into a feed: the moment a person says "read it like this"."""

from django.db import transaction
from django.utils.translation import gettext as _

from connectors.base import Problem
from connectors.models import Connection, Feed, SyncRun, UploadedFile
from connectors.queries import parts, previews
from connectors.systems.file.mapping import Mapping
from connectors.systems.file.problems import problems
from cxhub.lib import jobs
from insights.services import sources, trust
from orgs.models import Member
from orgs.services import audit

FILES = "Uploaded files"
HOW_IT_IS_WRITTEN = {"delimiter", "encoding", "has_header", "date", "date_format", "map_title", "phase_id", "replaces"}
"""What may differ from file to file while the numbers mean the same."""


class MappingHasProblems(Exception):
    """The mapping cannot read this file; `problems` says why, field by field."""

    def __init__(self, found: list[Problem]) -> None:
        super().__init__(_("Some answers do not fit this file."))
        self.problems = found


@transaction.atomic
def accept(*, file: UploadedFile, mapping: Mapping, feed_name: str, feed: Feed | None = None, by: Member) -> SyncRun:
    """Queue a run that reads this file in this way, into the given feed or a new one.

    A file that the workspace has read in this way before goes to the feed that has it, and will change nothing.
    Raises MappingHasProblems, SetupProblem.
    """
    known = parts.landed_before(file, mapping.to_json())
    chosen = agree(file=file, mapping=mapping, feed_name=feed_name, feed=known.feed if known else feed, by=by)
    return queue(feed=chosen, file=file, by=by)


def agree(
    *,
    file: UploadedFile,
    mapping: Mapping,
    feed_name: str,
    feed: Feed | None,
    connection: Connection | None = None,
    by: Member,
) -> Feed:
    """Let a feed, or a new one, read files like this one in this way. Needs a transaction.

    Raises MappingHasProblems, SetupProblem.
    """
    file.header = _check(file, mapping, feed_name, feed)
    file.save()
    settings = mapping.to_json()
    if feed is None:
        return _begin(feed_name, settings, connection or _files(by), by)
    if feed.mapping != settings:
        _teach(feed, settings, by)
    return feed


def queue(*, feed: Feed, file: UploadedFile, by: Member, origin: str = "") -> SyncRun:
    """Queue a run that reads a file as its feed does now. Needs a transaction."""
    run = SyncRun.objects.create(feed=feed, file=file, mapping=feed.mapping, asked_by=by, bytes_total=file.size_bytes)
    audit.record("run.ask", run, by=by, after={"feed": feed.name, "file": file.name}, origin=origin)
    jobs.wake("connectors.tasks.sync", workspace_id=run.workspace_id, run_id=run.pk)
    return run


def _check(file: UploadedFile, mapping: Mapping, feed_name: str, feed: Feed | None) -> list[str]:
    header = previews.header_of(file, mapping)
    found = problems(mapping, header)
    if feed is None and not 0 < len(feed_name.strip()) <= 200:
        found.append(Problem("feed_name", _("Give the feed a name of at most 200 characters.")))
    if found:
        raise MappingHasProblems(found)
    return header


def _begin(name: str, settings: dict[str, object], connection: Connection, by: Member) -> Feed:
    """Make a feed with a source of its own; numbers of two feeds stand side by side and are never mixed."""
    plain = " ".join(name.split())
    source = sources.create(plain, by=by)
    feed = Feed.objects.create(connection=connection, source=source, name=plain, mapping=settings)
    audit.record("feed.create", feed, by=by, after={"name": plain, "mapping": settings})
    return feed


def _files(by: Member) -> Connection:
    connection, is_new = Connection.objects.get_or_create(kind="file", name=FILES, defaults={"created_by": by})
    if is_new:
        audit.record("connection.create", connection, by=by, after={"kind": "file", "name": FILES})
    return connection


def _teach(feed: Feed, settings: dict[str, object], by: Member) -> None:
    before, feed.mapping = feed.mapping, settings
    feed.save()
    audit.record("feed.change", feed, by=by, before={"mapping": before}, after={"mapping": settings})
    if any(before.get(name) != settings[name] for name in settings.keys() - HOW_IT_IS_WRITTEN):
        trust.source_changed(source=feed.source, because=_("Its file is read in another way."), by=by)
