"""Which release answers: what another one kept may be worded or drawn differently, and name files that are gone."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

FOLDERS = ("cxhub", "orgs", "journeys", "insights", "connectors", "governance", "templates", "static")
KINDS = {".py", ".html", ".css", ".js", ".svg", ".mo"}
PACKAGES = "constraints.txt"


@cache
def release() -> str:
    """Return a short word that is the same in every process of this release, and another one in every other."""
    return release_of(settings.BASE_DIR)


def release_of(root: Path) -> str:
    """Return the word of a tree: it changes with any file that makes pages."""
    made_of = sha256()
    found = [path for folder in FOLDERS for path in (root / folder).rglob("*") if path.suffix in KINDS]
    for path in sorted([*found, root / PACKAGES]):
        content = path.read_bytes() if path.is_file() else b""
        made_of.update(f"{path.relative_to(root)} {len(content)}\n".encode() + content)
    return made_of.hexdigest()[:16]
