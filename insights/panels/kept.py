"""Keeps a worked-out page for as long as it is true: until the data, the reader or the minute is another.

The data are told apart by the workspace's data version (orgs/versions.py), which every write counts up. The minute
bounds what time alone changes: ages, "stale", "provisional", the day. Nothing here is needed for an answer: without
the cache everything is worked out each time.
"""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.messages import get_messages
from django.core.cache import cache
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils import translation
from redis.exceptions import RedisError

from cxhub.lib.limits import key_of

SECONDS = 60
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Page:
    """HTML with a mark where the token against forgery goes, which is another one in each answer."""

    html: str
    mark: str
    is_whole: bool = True
    """Whether it may be kept: nothing in it failed."""

    def shown(self, request: HttpRequest) -> str:
        """Return the HTML for this answer."""
        return self.html.replace(self.mark, get_token(request))


def page(request: HttpRequest, version: str, now: datetime, work_out: Callable[[str], Page]) -> str:
    """Return what `work_out` makes of a mark, kept or new, for this person, address, data and minute.

    What is said once, a message, is in no kept page and hidden by none.
    """
    if get_messages(request):
        return work_out(secrets.token_hex(16)).shown(request)
    key = _key(request, version, now)
    found = _read(key)
    if found is None:
        found = work_out(secrets.token_hex(16))
        if found.is_whole:
            _write(key, found)
    return found.shown(request)


def _key(request: HttpRequest, version: str, now: datetime) -> str:
    member, user = request.member, request.user  # type: ignore[attr-defined]
    data = (member.workspace_id, version, int(now.timestamp()) // SECONDS, request.get_full_path())
    # The frame shows the person's other workspaces too; the epoch changes with a role in any of them.
    person = (member.pk, user.rights_epoch, user.theme, user.has_shortcuts, str(user), translation.get_language())
    places = [(each.pk, each.workspace.name, each.workspace.slug) for each in request.memberships]  # type: ignore[attr-defined]
    return key_of("page", repr(data), repr(person), repr(places), repr(bool(request.htmx)))  # type: ignore[attr-defined]


def _read(key: str) -> Page | None:
    try:
        found = cache.get(key)
    except (RedisError, OSError):
        log.warning("The cache does not answer; the page is worked out anew.")
        return None
    return found if isinstance(found, Page) else None


def _write(key: str, made: Page) -> None:
    try:
        cache.set(key, made, SECONDS)
    except (RedisError, OSError):
        log.warning("The cache keeps nothing; the next page is worked out anew.")
