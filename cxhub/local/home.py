"""Where local data lives, and the folders in it. Knows nothing of the servers that use them."""

import hashlib
import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path

from cxhub.local.problems import Problem, reason

ROOT = Path(__file__).resolve().parents[2]
SYSTEM_FOLDER = Path("/var/lib/cxhub")
ONLY_OURS = 0o700
PASS_THROUGH = 0o711  # others may walk through, not look: PostgreSQL's own account has to reach its data


def is_root() -> bool:
    return os.geteuid() == 0


def digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:8]


def chosen(environ: Mapping[str, str], root: Path = ROOT) -> Path:
    """Name the data folder: CXHUB_HOME, else `var` in the clone; for root a system folder, because
    PostgreSQL refuses to run as root and its account cannot read a clone under /root."""
    if named := environ.get("CXHUB_HOME"):
        return Path(named).expanduser().absolute()
    if is_root():
        clone = re.sub(r"[^A-Za-z0-9._-]", "-", root.name)[:24]
        return SYSTEM_FOLDER / f"{clone}-{digest(root)}"
    return root / "var"


def prepare(home: Path) -> Path:
    """Make the data folder and the missing ones above it. What exists already keeps its mode."""
    mode = PASS_THROUGH if is_root() else ONLY_OURS
    for folder in reversed([home, *home.parents]):
        if not folder.exists():
            make(folder, mode)
    if not home.is_dir():
        raise Problem(f"{home} is not a folder. Move it away, or name a folder: CXHUB_HOME=/path.")
    check_trusted(home)
    check_writable(home)
    return home.resolve()


def make(folder: Path, mode: int, owner: tuple[int, int] | None = None) -> Path:
    """Make a folder of ours with exactly this mode, or give an existing one of ours this mode."""
    try:
        if not folder.is_dir() or folder.is_symlink():
            folder.mkdir(mode)
        if owner and is_root():
            os.chown(folder, *owner)
        folder.chmod(mode)
    except OSError as error:
        raise Problem(f"Cannot prepare the folder {folder}: {reason(error)}. {HOW_TO_MOVE}") from None
    return folder


def check_trusted(folder: Path) -> None:
    """Refuse a folder in which somebody else could replace what we put there."""
    status = folder.stat()
    if status.st_uid != os.geteuid():
        raise Problem(f"{folder} belongs to another user. {HOW_TO_MOVE}")
    if stat.S_IMODE(status.st_mode) & 0o022:
        raise Problem(f"Other users can write to {folder}. Run: chmod go-w '{folder}'")


def check_writable(folder: Path) -> None:
    probe = folder / f".probe-{os.getpid()}"
    try:
        probe.write_bytes(b"\0" * 4096)
        probe.unlink()
    except OSError as error:
        probe.unlink(missing_ok=True)
        raise Problem(f"Cannot write to {folder}: {reason(error)}. {HOW_TO_MOVE}") from None


HOW_TO_MOVE = "Make it writable for you, or choose another folder: make run CXHUB_HOME=/path"
