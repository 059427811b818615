"""The secrets of a local installation: made once, kept in `settings.env` in the data folder."""

import base64
import binascii
import os
import re
import secrets
from pathlib import Path

from cxhub.local.problems import Problem

NAME = "settings.env"
LINE = re.compile(r"([A-Z][A-Z0-9_]*)=(.*)")
REPAIR = (
    "Put the file back from a backup. Without one, delete it: new keys are made, "
    "everybody signs in again, and stored passwords of connected systems have to be entered anew."
)


def load(home: Path) -> dict[str, str]:
    """Read the settings, made first if there are none. People may add lines of their own: NAME=value."""
    path = home / NAME
    if not path.exists():
        _write(path)
    found = _read(path)
    if len(found.get("SECRET_KEY", "")) < 50:
        raise Problem(f"{path} has no whole SECRET_KEY. {REPAIR}")
    keys = [key.strip() for key in found.get("ENCRYPTION_KEYS", "").split(",")]
    if not all(_is_fernet_key(key) for key in keys):
        raise Problem(f"{path} has no whole ENCRYPTION_KEYS. {REPAIR}")
    return found


def new_encryption_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def _write(path: Path) -> None:
    """Write beside and rename, so that a cut-short start leaves no half of a key."""
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write("# The secrets of this installation. Keep a copy: without them stored passwords cannot be read.\n")
        file.write(f"SECRET_KEY={secrets.token_urlsafe(64)}\nENCRYPTION_KEYS={new_encryption_key()}\n")
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path)


def _read(path: Path) -> dict[str, str]:
    settings = {}
    try:
        lines = path.read_text().splitlines()
    except (OSError, UnicodeDecodeError):
        raise Problem(f"{path} cannot be read. {REPAIR}") from None
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match = LINE.fullmatch(line.strip())
        if match is None:
            raise Problem(f"{path}, line {number}, is not NAME=value. {REPAIR}")
        settings[match[1]] = match[2]
    return settings


def _is_fernet_key(text: str) -> bool:
    try:
        return len(base64.b64decode(text, altchars=b"-_", validate=True)) == 32
    except (binascii.Error, ValueError):
        return False
