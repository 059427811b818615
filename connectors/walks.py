"""Finds a walk from page to page that goes in circles or never ends."""

import hashlib
import json
from typing import Any

from django.utils.translation import gettext as _

from connectors.base import SetupProblem

MOST_PAGES = 1_000


class Walk:
    """The pages one run has seen."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._pages = 0

    def go_on(self) -> None:
        """Count one more page. Raises SetupProblem when there are too many."""
        if self._pages >= MOST_PAGES:
            raise SetupProblem(_("There are more than %(most)d pages. Ask for larger pages.") % {"most": MOST_PAGES})
        self._pages += 1

    def leave(self, url: str, rows: list[Any]) -> None:
        """Refuse an address that comes again, and rows that come again under another address. Raises SetupProblem."""
        digest = hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest() if rows else url
        if url in self._seen or digest in self._seen:
            raise SetupProblem(_("The pages go round in a circle: one came twice. Check the paging."))
        self._seen |= {url, digest}
