"""Takes the files that came by themselves: each is kept like an upload and read by a run of its own, oldest first.

Keeping a file, its run and the note that it was taken is one transaction that holds the taking run. A worker that dies
between two files, or a second one at the same moment, takes no file twice and loses none.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from connectors.models import Feed, Supply, SyncRun, TakenFile, UploadedFile
from connectors.pipelines import asks, backoff
from connectors.pipelines.leases import CancelAsked, Lease, LeaseLost
from connectors.pipelines.notes import Notes
from connectors.queries import supplies
from connectors.queries.supplies import Address, Folder
from connectors.services import feeds, uploads
from connectors.systems.file import addresses, folders
from connectors.systems.file.folders import CannotTake, Found, StillGrows
from insights.services import sources
from orgs.scope import scope
from orgs.services import audit

PIECE = 256 * 1024
IN_MEMORY = 1024 * 1024
MOST_SENTENCES = 3


@dataclass
class Haul:
    """What a run came back with."""

    taken: int = 0
    waiting: int = 0
    refused: list[str] = field(default_factory=list)


def supply_of(run: SyncRun) -> Supply | None:
    """Return where a fetching run has to look for files; None for every other run. Needs the scope."""
    return supplies.of(run.feed) if run.is_fetching and run.feed.connection.kind == "file" else None


def take(lease: Lease, run: SyncRun, supply: Supply, notes: Notes, now: datetime) -> None:
    """Take what is new, and close the run. Raises LeaseLost, CancelAsked, SetupProblem, TryLater."""
    settings = supplies.settings_of(supply)
    if isinstance(settings, Folder):
        haul = _from_folder(lease, run, settings, notes, now)
    else:
        haul = _from_address(lease, run, settings, notes, now)
    notes.write()
    _close(lease, run, notes, haul, now)


def _from_folder(lease: Lease, run: SyncRun, settings: Folder, notes: Notes, now: datetime) -> Haul:
    haul = Haul()
    with scope(lease.workspace_id):
        room = supplies.room_here()
        taken = {one.name: one for one in TakenFile.objects.filter(feed=run.feed_id)}
    for seen in folders.found(room, settings):
        notes.tick()
        if _is_known(taken.get(seen.name), seen):
            continue
        if not seen.is_settled(now.timestamp()):
            haul.waiting += 1
            continue
        try:
            with _copied(room, settings, seen, notes) as content:
                haul.taken += _keep_seen(lease, run, seen, content)
        except StillGrows:
            haul.waiting += 1
        except (CannotTake, uploads.FileIsEmpty, uploads.FileIsTooLarge) as problem:
            haul.refused.append(str(problem))
    return haul


def _from_address(lease: Lease, run: SyncRun, settings: Address, notes: Notes, now: datetime) -> Haul:
    ask = asks.of(run, None, notes, now)
    fetched = addresses.fetched(settings, ask)
    if fetched is None:
        return Haul()
    digest = uploads.digest_of([fetched.content])
    is_new = digest != ask.cursor.get("sha256")
    with _held(lease) as held:
        Feed.objects.filter(pk=held.feed_id).update(cursor={**fetched.marks, "sha256": digest})
        if is_new:
            _queue(held, fetched.name, [fetched.content], digest)
    return Haul(taken=int(is_new))


def _is_known(taken: TakenFile | None, seen: Found) -> bool:
    return taken is not None and (taken.size_bytes, taken.modified_ns) == (seen.size_bytes, seen.modified_ns)


@contextmanager
def _copied(room: str, settings: Folder, seen: Found, notes: Notes) -> Iterator[IO[bytes]]:
    """Yield a private copy of a file that stayed the same while it was copied: the folder may be slow, or change."""
    with SpooledTemporaryFile(max_size=IN_MEMORY) as copy:
        with folders.opened(room, settings, seen) as content:
            left = seen.size_bytes + 1  # one more than it had: a file that grows is noticed, and not followed
            while left and (piece := content.read(min(PIECE, left))):
                left -= len(piece)
                copy.write(piece)
                notes.progress.bytes_read += len(piece)
                notes.tick()
        copy.seek(0)
        yield copy


def _keep_seen(lease: Lease, run: SyncRun, seen: Found, content: IO[bytes]) -> bool:
    """Keep a file and queue its run; returns False where only its time changed. Raises LeaseLost, CancelAsked."""
    digest = uploads.digest_of(iter(lambda: content.read(PIECE), b""))
    content.seek(0)
    with _held(lease) as held:
        before = TakenFile.objects.filter(feed=held.feed_id, name=seen.name).first()
        news: dict[str, Any] = {"size_bytes": seen.size_bytes, "modified_ns": seen.modified_ns, "sha256": digest}
        is_new = before is None or before.sha256 != digest
        if is_new:
            news["run"] = _queue(held, seen.name, content, digest)
        TakenFile.objects.update_or_create(feed=held.feed, name=seen.name, defaults=news)
    return is_new


@contextmanager
def _held(lease: Lease) -> Iterator[SyncRun]:
    """Hold the taking run while something is written for it. Raises LeaseLost, CancelAsked."""
    with scope(lease.workspace_id):
        related = ("feed__connection", "feed__source", "asked_by")
        held = lease.rows().select_for_update(of=("self",)).select_related(*related).first()
        if held is None:
            raise LeaseLost
        if held.cancel_asked_at is not None:
            raise CancelAsked
        yield held


def _queue(run: SyncRun, name: str, content: Any, digest: str) -> SyncRun:
    """Queue a run for a file; what a person looked at when they set the feed up is not kept a second time."""
    by, origin = run.asked_by, str(run)
    looked_at = UploadedFile.objects.filter(
        sha256=digest, name=uploads.plain_name(name), pk__in=run.feed.supplies.values("sample")
    )
    file = looked_at.first() or uploads.store(name=name, content=content, by=by, origin=origin)
    return feeds.queue(feed=run.feed, file=file, by=by, origin=origin)


def _close(lease: Lease, run: SyncRun, notes: Notes, haul: Haul, now: datetime) -> None:
    with scope(lease.workspace_id):
        state = SyncRun.State.DONE if haul.taken else SyncRun.State.UNCHANGED
        lease.end(state, _sentence(haul), notes.progress, notes.rejected, made={"files": haul.taken})
        backoff.recovered(run)
        if haul.taken:
            audit.record("feed.take", run.feed, by=run.asked_by, after=_told(run, haul), origin=str(run))
        if haul.refused:
            sources.failed(run.feed.source, trouble=haul.refused[0], run_path=run.path)
        elif not haul.taken and not _last_failed(run):
            sources.refreshed(run.feed.source, at=now, data_through=None, run_path=run.path)


def _last_failed(run: SyncRun) -> bool:
    """Say whether the newest file could not be read, or is not read yet: then looking alone refreshes nothing."""
    newest = supplies.file_runs(run.feed).first()
    return newest is not None and newest.state not in {SyncRun.State.DONE, SyncRun.State.UNCHANGED}


def _told(run: SyncRun, haul: Haul) -> Mapping[str, Any]:
    return {"run": run.pk, "taken": haul.taken, "waiting": haul.waiting, "refused": len(haul.refused)}


def _sentence(haul: Haul) -> str:
    """Say how the run ended: "2 files taken; each is read in a run of its own. 1 file is still being written."."""
    words = ngettext(
        "%(n)d file taken; it is read in a run of its own.",
        "%(n)d files taken; each is read in a run of its own.",
        haul.taken,
    )
    told = [words % {"n": haul.taken} if haul.taken else _("There is no new file.")]
    if haul.waiting:
        words = ngettext(
            "%(n)d file is still being written and waits.",
            "%(n)d files are still being written and wait.",
            haul.waiting,
        )
        told.append(words % {"n": haul.waiting})
    if len(haul.refused) > MOST_SENTENCES:
        told.append(_("%(n)d files cannot be taken, such as these:") % {"n": len(haul.refused)})
    return " ".join([*told, *haul.refused[:MOST_SENTENCES]])
