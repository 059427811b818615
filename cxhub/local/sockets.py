"""A folder for the servers' sockets: nobody else can enter it, and its path suits the kernel and every client."""

import os
import re
import shutil
import stat
import tempfile
from pathlib import Path

from cxhub.local.accounts import Account
from cxhub.local.home import ONLY_OURS, PASS_THROUGH, digest, is_root, make
from cxhub.local.problems import Problem

LONGEST_PATH = 99  # the kernel takes 107 bytes; a margin for the names that servers add
LONGEST_NAME = "pg/.s.PGSQL.5432"


class Sockets:
    """`pg` belongs to PostgreSQL's account, `redis` to us; the folder above them holds nothing else."""

    def __init__(self, home: Path, account: Account) -> None:
        self.folder = _empty_folder(home)
        self.postgres = make(self.folder / "pg", ONLY_OURS, account.owner)
        self.redis = make(self.folder / "redis", ONLY_OURS) / "redis.sock"

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def _empty_folder(home: Path) -> Path:
    mode = PASS_THROUGH if is_root() else ONLY_OURS
    for folder in [home / "sockets", *_runtime_folder(home)]:
        if _fits(folder):
            shutil.rmtree(folder, ignore_errors=True)
            return make(folder, mode)
    folder = Path(tempfile.mkdtemp(prefix="cxhub-", dir=_shared_parent()))
    return make(folder, mode)


def _fits(folder: Path) -> bool:
    """libpq takes a comma for the start of the next host, and each client reads %, ? and spaces its own way."""
    path = str(folder / LONGEST_NAME)
    return len(path) <= LONGEST_PATH and re.fullmatch(r"[A-Za-z0-9._/-]+", path) is not None


def _runtime_folder(home: Path) -> list[Path]:
    """The session's own folder, if it really is ours alone. Not for root: PostgreSQL's account must enter."""
    named = os.environ.get("XDG_RUNTIME_DIR")
    if not named or is_root():
        return []
    parent = Path(named)
    try:
        status = parent.lstat()
    except OSError:
        return []
    is_ours_alone = status.st_uid == os.geteuid() and stat.S_IMODE(status.st_mode) == ONLY_OURS
    return [parent / f"cxhub-{digest(home)}"] if stat.S_ISDIR(status.st_mode) and is_ours_alone else []


def _shared_parent() -> Path:
    """A folder like /tmp in which nobody can take ours away. In it the name is random and the folder new,
    so that no one who came first can own it: a fixed name in /tmp could be squatted."""
    for parent in (Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")):  # noqa: S108
        if _fits(parent / "cxhub-12345678") and _keeps_what_is_ours(parent):
            return parent
    raise Problem("No folder with a short path for the servers' sockets. Set TMPDIR to one that is yours alone.")


def _keeps_what_is_ours(parent: Path) -> bool:
    try:
        status = parent.stat()
    except OSError:
        return False
    writable_by_others = status.st_mode & 0o022
    return status.st_uid in (0, os.geteuid()) and (not writable_by_others or bool(status.st_mode & stat.S_ISVTX))
