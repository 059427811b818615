"""Says what is missing or wrong in the settings, field by field, before anything is called."""

import json
from collections.abc import Iterator
from datetime import date
from itertools import chain
from urllib.parse import parse_qsl, urlsplit

import jmespath
from django.utils.translation import gettext as _
from jmespath.exceptions import JMESPathError

from connectors.base import Problem
from connectors.systems.http_json.settings import Settings
from cxhub.lib.http import Refused, origin_of
from insights.measures.registry import MEASURES, fits

LENGTHS = {"touchpoint": 200, "channel": 100, "department": 200}
LONGEST_PATH = 500
OURS = {"host", "content-length", "transfer-encoding", "connection", "accept-encoding", "content-encoding", "te"}
SECRET_HEADERS = {"authorization", "proxy-authorization", "cookie", "x-api-key", "api-key", "x-auth-token"}
SECRET_PARAMETERS = {"api_key", "apikey", "access_token", "token", "key", "secret", "client_secret", "password", "sig"}
MOST_ROWS_A_PAGE, MOST_LATE_DAYS = 10_000, 366


def problems(settings: Settings) -> list[Problem]:
    """Return everything that keeps these settings from being used; nothing when they are fine."""
    own = _of_answers(settings) if settings.holds_answers else _of_ready_values(settings)
    parts = (_of_request(settings), _of_sign_in(settings), _of_paging(settings), _of_window(settings))
    return list(chain(*parts, _of_paths(settings), _of_every_row(settings), own, _of_measures(settings)))


def _of_request(settings: Settings) -> Iterator[Problem]:
    try:
        origin_of(settings.url)
    except Refused as refused:
        yield Problem("url", refused.sentence)
        return
    for name, _value in parse_qsl(urlsplit(settings.url).query):
        if name.lower() in SECRET_PARAMETERS:
            yield Problem("url", _("Take “%(name)s” out of the address. Give it as the secret.") % {"name": name[:40]})
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
    elif name.strip().lower() in OURS:
        yield Problem("headers", _("CX Hub sets “%(name)s” itself. Take it out.") % {"name": name.strip()})


def _of_sign_in(settings: Settings) -> Iterator[Problem]:
    if settings.sign_in == "basic" and (not settings.sign_in_name or ":" in settings.sign_in_name):
        yield Problem("sign_in_name", _("Type the user name, without a colon."))
    if settings.sign_in == "header" and not settings.sign_in_name.replace("-", "").replace("_", "").isalnum():
        yield Problem("sign_in_name", _("Type the name of the header, like X-Api-Key."))
    elif settings.sign_in == "header" and settings.sign_in_name.lower() in OURS:
        yield Problem("sign_in_name", _("CX Hub sets “%(name)s” itself.") % {"name": settings.sign_in_name})


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


def _of_paths(settings: Settings) -> Iterator[Problem]:
    for field, path in {**settings.paths(), "rows": settings.rows, "cursor_path": settings.cursor_path}.items():
        if path and not _is_path(path):
            yield Problem(field, _("This is not a path. Write it like data.items or score (JMESPath)."))
    if not settings.rows:
        yield Problem("rows", _("Say where the rows are, like data.items; @ when the answer itself is the list."))


def _of_every_row(settings: Settings) -> Iterator[Problem]:
    if not settings.touchpoint_path and not settings.touchpoint.strip():
        yield Problem("touchpoint_path", _("Say which field names the touchpoint, or type its name."))
    if not settings.date_path:
        yield Problem("date_path", _("Say which field holds the date."))
    for name, length in LENGTHS.items():
        if len(getattr(settings, name)) > length:
            yield Problem(name, _("Use at most %(length)d characters.") % {"length": length})
        if getattr(settings, name) and getattr(settings, f"{name}_path"):
            yield Problem(name, _("Choose a field or type one value for all rows, not both."))


def _of_answers(settings: Settings) -> Iterator[Problem]:
    if not settings.score_path:
        yield Problem("score_path", _("Say which field holds the score."))
    if settings.scale is None or not fits(settings.scale):
        yield Problem("scale_low", _("Give the lowest and the highest score that can be given."))
        return
    fitting = {measure.slug for measure in fits(settings.scale)}
    for slug in settings.measures:
        if slug in MEASURES and slug not in fitting:
            names = {"measure": MEASURES[slug].name, "low": settings.scale.low, "high": settings.scale.high}
            yield Problem("measures", _("%(measure)s cannot be computed from %(low)d to %(high)d.") % names)


def _of_ready_values(settings: Settings) -> Iterator[Problem]:
    if not settings.value_path:
        yield Problem("value_path", _("Say which field holds the value."))
    if len(settings.measures) > 1:
        yield Problem("measures", _("Ready values fill one measure. Choose one."))
    for slug in settings.measures[:1]:
        scales = MEASURES[slug].valid_scales if slug in MEASURES else ()
        if scales and settings.scale not in scales:
            yield Problem("scale_low", _("Give the lowest and the highest score behind these values."))


def _of_measures(settings: Settings) -> Iterator[Problem]:
    if not settings.measures:
        yield Problem("measures", _("Choose at least one measure."))
    if len(set(settings.measures)) < len(settings.measures):
        yield Problem("measures", _("Choose each measure once."))
    for slug in settings.measures:
        if slug not in MEASURES:
            yield Problem("measures", _("There is no measure “%(slug)s”.") % {"slug": slug[:40]})


def day_of(text: str) -> date | None:
    """Return a day written like 2026-01-31."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _is_path(path: str) -> bool:
    try:
        jmespath.compile(path)
    except (JMESPathError, RecursionError):
        return False
    return len(path) <= LONGEST_PATH


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
