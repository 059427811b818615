"""The servers' own log files: one per start, the one before is kept."""

import os
from pathlib import Path
from typing import BinaryIO


def fresh_log(path: Path) -> BinaryIO:
    if path.exists():
        path.replace(path.with_suffix(".log.before"))
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "wb")


def last_line(path: Path) -> str:
    lines = path.read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing."
