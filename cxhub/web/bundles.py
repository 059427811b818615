"""Joins the component files into one stylesheet and one script, so that a cold page stays at few requests.

No tool chain: a staticfiles finder hands `collectstatic` two more files, made by joining the sources in order.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
AROUND = re.compile(r"\s*([{};,])\s*")
BLANKS = re.compile(r"\s+")
LAYER = "@layer components{"
SOURCES = {
    "css/app.css": ("css/tokens.css", "css/base.css", "css/components/*.css", "css/utilities.css"),
    "css/overview.css": ("css/pages/overview.css",),  # of two pages: the others do not wait for it
    "css/trend.css": ("css/pages/trend.css",),  # of the pages that have a trend chart
    "css/map.css": ("css/pages/map/*.css",),
    "css/month.css": ("css/pages/month.css",),
    "css/versions.css": ("css/pages/versions.css",),
    "css/flow.css": ("css/pages/flow.css",),
    "css/mail-choices.css": ("css/pages/mail-choices.css",),
    "css/contacts.css": ("css/pages/contacts.css",),
    "css/pulse.css": ("css/pages/pulse.css",),
    "css/ownership.css": ("css/pages/ownership.css",),
    "css/outline.css": ("css/pages/outline.css",),
    "js/map.js": ("js/map/*.js",),  # of those who edit a map
    "js/matrix.js": ("js/map/grid.js",),  # the keys of a map's grid, for those who edit the ownership matrix
    "js/grid.js": ("js/grid/*.js",),  # of a map, for all who read it
    "js/pulse.js": ("js/pulse/*.js",),  # of those who guess
    "js/app.js": ("js/*.js",),
}


def join(root: Path, patterns: Iterable[str]) -> str:
    """Return the text of all files the patterns name, each pattern's files in alphabetical order.

    Indentation and comments (between slash-stars, and lines that are one) stay behind: they are for readers of the
    source. So does every blank of a stylesheet that only the eye needs.
    """
    files = [file for pattern in patterns for file in sorted(root.glob(pattern))]
    text = COMMENT.sub("", "\n".join(file.read_text(encoding="utf-8") for file in files))
    if all(file.suffix == ".css" for file in files):
        return squeezed(text)
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"


def squeezed(css: str) -> str:
    """Return a stylesheet without the blanks that mean nothing: none inside selectors, calc() or strings is lost."""
    tight = BLANKS.sub(" ", AROUND.sub(r"\1", css)).replace(": ", ":").replace(";}", "}")
    first, *more = tight.strip().split("}" + LAYER)  # a layer that goes on from file to file is written once
    return (first + "}" + LAYER if more else first) + "".join(more) + "\n"


FOLDER = TemporaryDirectory(prefix="cxhub-static-")
"""A private folder that goes away with the process. All finders share it: first requests at once each make a finder."""


class BundleFinder(BaseFinder):
    """Finds the joined files."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=FOLDER.name)
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = [str(self._write(path))] if path in SOURCES else []
        return found if find_all else (found or [[]])[0]

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        for path in SOURCES:
            self._write(path)
            yield path, self.storage

    def _write(self, path: str) -> Path:
        """Join the sources again on every request for the file: development sees its last edit.

        The whole file takes the place of the last one, which another request may be reading.
        """
        target = Path(FOLDER.name, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=FOLDER.name, delete=False, encoding="utf-8") as fresh:
            fresh.write(join(Path(settings.STATICFILES_DIRS[0]), SOURCES[path]))
        return Path(fresh.name).replace(target)
