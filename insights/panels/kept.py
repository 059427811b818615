"""Keeps a worked-out part of a page for as long as it is true: until the data, the reader or the minute is another.

The data are told apart by the workspace's data version (orgs/versions.py), which every write counts up. The minute
bounds what time alone changes: ages, "stale", "provisional", the day. Nothing here is needed for an answer: without
the cache everything is worked out each time.
"""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from redis.exceptions import RedisError

from cxhub.lib.limits import key_of

SECONDS = 60
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Part:
    """HTML with a mark where the token against forgery goes, which is another one in each answer."""

    html: str
    mark: str
    is_whole: bool = True
    """Whether it may be kept: nothing in it failed."""

    def shown(self, request: HttpRequest) -> SafeString:
        """Return the HTML for this answer."""
        return mark_safe(self.html.replace(self.mark, get_token(request)))


def part(request: HttpRequest, version: str, now: datetime, work_out: Callable[[str], Part]) -> SafeString:
    """Return what `work_out` makes of a mark, kept or new, for this member, address, language, data and minute."""
    key = _key(request, version, now)
    found = _read(key)
    if found is None:
        found = work_out(secrets.token_hex(16))
        if found.is_whole:
            _write(key, found)
    return found.shown(request)


def _key(request: HttpRequest, version: str, now: datetime) -> str:
    member = request.member  # type: ignore[attr-defined]
    minute = int(now.timestamp()) // SECONDS
    told_apart = (member.workspace_id, member.pk, version, minute, translation.get_language(), request.get_full_path())
    return key_of("part", *(repr(each) for each in told_apart))


def _read(key: str) -> Part | None:
    try:
        found = cache.get(key)
    except (RedisError, OSError):
        log.warning("The cache does not answer; the page is worked out anew.")
        return None
    return found if isinstance(found, Part) else None


def _write(key: str, made: Part) -> None:
    try:
        cache.set(key, made, SECONDS)
    except (RedisError, OSError):
        log.warning("The cache keeps nothing; the next page is worked out anew.")
