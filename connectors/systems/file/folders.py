"""Reads the folder that the operator gives a workspace under IMPORT_ROOT, and no byte besides.

Each folder on the way is opened from the one above it, and the file from its folder: what is swapped in between can
change neither. Nothing here writes, renames or deletes.
"""

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, NamedTuple, Self

from django.conf import settings as installation
from django.utils.translation import gettext as _

from connectors import stored
from connectors.base import Problem, SetupProblem
from connectors.systems.file import patterns

MOST_FILES = 10_000
MOST_FOLDERS = 200
DEEPEST = 5
SETTLED_SECONDS = 30
"""A file that changed less than so long ago may still grow."""

FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


class CannotTake(Exception):
    """One file cannot be taken, and the sentence says why; the others can."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class StillGrows(Exception):
    """The file changed a moment ago, or while it was read. The next look takes it."""


@dataclass(frozen=True)
class Folder:
    """Which files a feed takes: those of one folder whose names fit a pattern."""

    folder: str = ""  # below the workspace's own folder, with slashes; empty: that folder itself
    pattern: str = "*"

    def to_json(self) -> dict[str, Any]:
        return stored.plain(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Build from `to_json`. Raises SetupProblem."""
        return stored.checked(cls, data, {})

    def __str__(self) -> str:
        return f"{self.folder}/{self.pattern}" if self.folder else self.pattern


class Found(NamedTuple):
    """A file as its folder lists it: enough to see whether it was taken before."""

    name: str
    size_bytes: int
    modified_ns: int
    changed_at: float
    """When size, content, name or rights changed last, in seconds since 1970; nobody can set it back."""

    def is_settled(self, now: float) -> bool:
        return now - self.changed_at >= SETTLED_SECONDS


def is_on() -> bool:
    """Say whether the operator lets folders be watched."""
    return bool(installation.IMPORT_ROOT)


def problems(settings: Folder) -> list[Problem]:
    """Return what is wrong with the words alone; whether the folder is there is seen when it is opened."""
    found = []
    if not all(map(_is_plain, _steps(settings.folder))):
        found.append(Problem("folder", _("Choose one of the folders that are listed.")))
    if trouble := patterns.trouble(settings.pattern):
        found.append(Problem("pattern", trouble))
    return found


def sub_folders(room: str) -> list[str]:
    """Return the folders of a workspace that can be watched, "" for its own first. Raises SetupProblem."""
    with _opened_folder(room, "") as top:
        return ["", *sorted(_below(top, "", DEEPEST))][:MOST_FOLDERS]


def found(room: str, settings: Folder) -> list[Found]:
    """Return the files whose names fit, oldest first. Links and special files are left out. Raises SetupProblem."""
    fits = patterns.matcher(settings.pattern)
    with _opened_folder(room, settings.folder) as folder:
        files = [one for name in _names(folder) if fits(name) and (one := _seen(folder, name))]
    if len(files) > MOST_FILES:
        words = _("More than %(most)s files fit. Choose a narrower pattern or another folder.")
        raise SetupProblem(words % {"most": f"{MOST_FILES:,}"})
    return sorted(files, key=lambda one: (one.modified_ns, one.name))


@contextmanager
def opened(room: str, settings: Folder, seen: Found) -> Iterator[IO[bytes]]:
    """Open one file for reading. Raises CannotTake, StillGrows, SetupProblem.

    Leaving the block raises StillGrows when the file changed meanwhile: what was read is then not to be used.
    """
    with _opened_folder(room, settings.folder) as folder:
        try:
            handle = os.open(seen.name, FILE, dir_fd=folder)
        except FileNotFoundError:
            raise StillGrows from None
        except OSError:
            words = _("“%(name)s” cannot be opened. Let CX Hub read it; links are never followed.")
            raise CannotTake(words % {"name": seen.name}) from None
    with os.fdopen(handle, "rb") as file:
        before = os.fstat(handle)
        _refuse(before, seen)
        yield file
        if _state(os.fstat(handle)) != _state(before):
            raise StillGrows


def _refuse(status: os.stat_result, seen: Found) -> None:
    """Raise unless what was opened is a file of its own, and the one that was listed."""
    if not stat.S_ISREG(status.st_mode):
        raise CannotTake(_("“%(name)s” is no plain file.") % {"name": seen.name})
    if status.st_nlink > 1:  # its other name may stand in another workspace's folder
        words = _("“%(name)s” is a hard link: it has a second name elsewhere. Put a copy here instead.")
        raise CannotTake(words % {"name": seen.name})
    if _state(status) != (seen.size_bytes, seen.modified_ns):
        raise StillGrows
    if not status.st_size:
        raise CannotTake(_("“%(name)s” is empty.") % {"name": seen.name})
    most = installation.MAX_UPLOAD_MB
    if status.st_size > most * 1024 * 1024:
        words = _("“%(name)s” is larger than %(most)d MB. Compress it with gzip, or split it.")
        raise CannotTake(words % {"name": seen.name, "most": most})


def _state(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns


@contextmanager
def _opened_folder(room: str, path: str) -> Iterator[int]:
    """Yield a descriptor of a folder of the workspace, reached step by step without a link. Raises SetupProblem."""
    if not is_on():
        raise SetupProblem(_("Watched folders are off here. Ask the operator to set IMPORT_ROOT."))
    here = _step(installation.IMPORT_ROOT, None, "IMPORT_ROOT")
    try:
        for name in [room, *_steps(path)]:
            if not _is_plain(name):
                raise SetupProblem(_("Choose one of the folders that are listed."))
            here, above = _step(name, here, name), here
            os.close(above)
        yield here
    finally:
        os.close(here)


def _step(name: str, above: int | None, shown: str) -> int:
    try:
        return os.open(name, FOLDER, dir_fd=above)
    except FileNotFoundError:
        words = _("The folder “%(name)s” is not there. Ask the operator to make it.")
    except PermissionError:
        words = _("CX Hub may not read the folder “%(name)s”. Ask the operator to let it.")
    except OSError:
        words = _("“%(name)s” is not a folder, or is a link. Links are never followed: use the folder itself.")
    raise SetupProblem(words % {"name": shown[:100]})


def _steps(path: str) -> list[str]:
    return path.split("/") if path else []


def _is_plain(name: str) -> bool:
    return name not in {"", ".", ".."} and "/" not in name and name.isprintable()


def _names(folder: int) -> list[str]:
    """Return the names in a folder that can be shown; hidden ones are half-made copies of other programs."""
    try:
        return [name for name in os.listdir(folder) if _is_plain(name) and not name.startswith(".")]
    except OSError:
        raise SetupProblem(_("The folder cannot be listed now. Ask the operator to look at it.")) from None


def _status(folder: int, name: str) -> os.stat_result | None:
    try:
        return os.stat(name, dir_fd=folder, follow_symlinks=False)
    except OSError:  # gone since it was listed
        return None


def _seen(folder: int, name: str) -> Found | None:
    status = _status(folder, name)
    if status is None or not stat.S_ISREG(status.st_mode):
        return None
    return Found(name, status.st_size, status.st_mtime_ns, status.st_ctime)


def _below(folder: int, path: str, depth: int) -> Iterator[str]:
    """Yield the folders below one, by path; those that may not be read are not offered."""
    for name in _names(folder) if depth else []:
        status = _status(folder, name)
        if status is None or not stat.S_ISDIR(status.st_mode):
            continue
        try:
            inner = _step(name, folder, name)
        except SetupProblem:
            continue
        try:
            yield f"{path}{name}"
            yield from _below(inner, f"{path}{name}/", depth - 1)
        finally:
            os.close(inner)
