"""Walks from page to page until there are no more rows. A walk in circles is found, and no walk is endless."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import jmespath
from django.utils.translation import gettext as _
from jmespath.exceptions import JMESPathError

from connectors.base import Ask, SetupProblem
from connectors.replies import Page, nothing_there
from connectors.systems.http_json.client import ask_for
from connectors.systems.http_json.settings import Settings
from connectors.walks import Walk
from cxhub.lib.http import Refused, origin_of

NEXT = re.compile(r'<([^<>]{1,4000})>\s*;[^<>,]{0,200}?\brel\s*=\s*"?next"?', re.IGNORECASE)


def pages(settings: Settings, ask: Ask, first: date | None = None, last: date | None = None) -> Iterator[list[Any]]:
    """Yield the rows of each page, in order. Raises SetupProblem, TryLater."""
    url: str | None = _first(settings, first, last)
    walk, number = Walk(), settings.first_page
    while url is not None:
        walk.go_on()
        page = ask_for(url, settings, ask)
        if page is None and (number == settings.first_page or settings.paging != "page"):
            raise nothing_there(url)
        rows = _rows(page, settings) if page else []
        if not page or (not rows and settings.paging == "page"):
            return
        walk.leave(url, rows)
        yield rows
        number += 1
        url = _next(page, settings, url, number)


def _first(settings: Settings, first: date | None, last: date | None) -> str:
    given: dict[str, Any] = {}
    if settings.since_parameter and first:
        given[settings.since_parameter] = first.isoformat()
    if settings.until_parameter and last:
        given[settings.until_parameter] = last.isoformat()
    if settings.size_parameter and settings.paging != "none":
        given[settings.size_parameter] = settings.size
    if settings.paging == "page":
        given[settings.page_parameter] = settings.first_page
    return with_parameters(settings.url, given)


def _next(page: Page, settings: Settings, url: str, number: int) -> str | None:
    """Return the address of the next page, None after the last. Raises SetupProblem."""
    if settings.paging == "page":
        return with_parameters(url, {settings.page_parameter: number})
    if settings.paging == "link":
        found = NEXT.search(page.links[:16_000])
        return _same_place(settings, urljoin(page.url, found[1])) if found else None
    if settings.paging == "cursor":
        return _after(_found(settings.cursor_path, page.content), settings, url, page)
    return None


def _after(cursor: Any, settings: Settings, url: str, page: Page) -> str | None:
    if cursor is None or cursor is False or cursor == "":
        return None
    if isinstance(cursor, bool) or not isinstance(cursor, str | int):
        raise SetupProblem(_("The next cursor is neither a text nor a number. Check its path."))
    if settings.cursor_parameter:
        return with_parameters(url, {settings.cursor_parameter: cursor})
    return _same_place(settings, urljoin(page.url, str(cursor)))


def _same_place(settings: Settings, url: str) -> str:
    """Return the address if it is on the same origin: what an answer says may not lead our secret elsewhere."""
    try:
        if origin_of(url) == origin_of(settings.url):
            return url
    except Refused:
        pass
    raise SetupProblem(_("The next page is at another place than the address says. Check the paging."))


def _rows(page: Page, settings: Settings) -> list[Any]:
    if page.content is None:
        return []
    found = _found(settings.rows, page.content)
    if not isinstance(found, list):
        words = _("There are no rows at “%(path)s” in the answer. Has it changed?")
        raise SetupProblem(words % {"path": settings.rows[:60]})
    return found


def _found(path: str, content: Any) -> Any:
    try:
        return jmespath.search(path, content)
    except (JMESPathError, RecursionError, TypeError, ValueError):
        words = _("The path “%(path)s” does not fit the answer. Has it changed?")
        raise SetupProblem(words % {"path": path[:60]}) from None


def with_parameters(url: str, news: dict[str, Any]) -> str:
    """Return the address with these parameters set, each once."""
    parts = urlsplit(url)
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in news]
    return urlunsplit(parts._replace(query=urlencode([*kept, *news.items()]), fragment=""))
