"""Says what is missing or wrong in the settings, field by field, before anything is called."""

import json
from collections.abc import Iterator
from datetime import date
from itertools import chain

from django.utils.translation import gettext as _

from connectors import calls
from connectors.base import Problem
from connectors.rows.problems import path_problems
from connectors.rows.problems import problems as of_rows
from connectors.systems.http_json.settings import Settings

SECRET_HEADERS = {"authorization", "proxy-authorization", "cookie", "x-api-key", "api-key", "x-auth-token"}
MOST_ROWS_A_PAGE, MOST_LATE_DAYS = 10_000, 366


def problems(settings: Settings) -> list[Problem]:
    """Return everything that keeps these settings from being used; nothing when they are fine."""
    signing_in = calls.sign_in_problems(settings.sign_in, settings.sign_in_name)
    parts = (_of_request(settings), signing_in, _of_paging(settings), _of_window(settings))
    return list(chain(*parts, path_problems("cursor_path", settings.cursor_path), of_rows(settings)))


def _of_request(settings: Settings) -> Iterator[Problem]:
    yield from calls.url_problems(settings.url)
    for line in settings.headers:
        yield from _of_header(line)
    if settings.body and not _is_json(settings.body):
        yield Problem("body", _("The body is not JSON. Check brackets, commas and quotes."))
    if settings.body and settings.method == "GET":
        yield Problem("body", _("Only POST carries a body. Choose POST or leave it empty."))


def _of_header(line: str) -> Iterator[Problem]:
    name, colon, value = line.partition(":")
    if not colon or not name.strip() or not value.strip():
        yield Problem("headers", _("Write each header on a line of its own, like Accept-Language: en."))
    elif name.strip().lower() in SECRET_HEADERS:
        yield Problem("headers", _("Take “%(name)s” out. Give it as the secret.") % {"name": name.strip()})
    elif name.strip().lower() in calls.OURS:
        yield Problem("headers", _("CX Hub sets “%(name)s” itself. Take it out.") % {"name": name.strip()})


def _of_paging(settings: Settings) -> Iterator[Problem]:
    if settings.paging == "page" and not settings.page_parameter:
        yield Problem("page_parameter", _("Type the parameter that holds the number of the page."))
    if settings.paging == "cursor" and not settings.cursor_path:
        yield Problem("cursor_path", _("Say where the answer holds the next cursor."))
    if not 0 <= settings.first_page <= 1:
        yield Problem("first_page", _("The first page is 0 or 1."))
    if not 1 <= settings.size <= MOST_ROWS_A_PAGE:
        yield Problem("size", _("Ask for 1 to %(most)d rows a page.") % {"most": MOST_ROWS_A_PAGE})


def _of_window(settings: Settings) -> Iterator[Problem]:
    if settings.since_parameter and not day_of(settings.first_day):
        yield Problem("first_day", _("Type the first day to read, like 2026-01-31."))
    if settings.until_parameter and not settings.since_parameter:
        yield Problem("since_parameter", _("Type the parameter for the first day as well."))
    if settings.since_parameter and settings.replaces == "feed":
        yield Problem("replaces", _("A feed that reads new days alone cannot replace everything with them."))
    if not 0 <= settings.late_days <= MOST_LATE_DAYS:
        yield Problem("late_days", _("Choose 0 to %(most)d days.") % {"most": MOST_LATE_DAYS})


def day_of(text: str) -> date | None:
    """Return a day written like 2026-01-31."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
