"""Keeps a worked-out page for as long as it is true: until data, reader, release or one of its words is another.

The data are told apart by the workspace's data version (orgs/versions.py), which every write counts up. What time
alone changes (ages, "stale", the day) ends at a moment that the page knows. Nothing here is needed for an answer:
without the cache everything is worked out each time.
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
from cxhub.web.release import release
from insights.panels import lately_shown

MOST_SECONDS = 3600
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Page:
    """HTML with a mark where the token against forgery goes, which is another one in each answer."""

    html: bytes  # as it is sent: a long text that is not plain ASCII is dear to decode and encode
    mark: str
    until: datetime
    """From then on time alone may have changed a word."""
    is_whole: bool = True
    """Whether it may be kept: nothing in it failed."""
    kpi_ids: tuple[int, ...] = ()
    """Whose figures it shows."""

    def shown(self, request: HttpRequest) -> bytes:
        """Return the HTML for this answer, whose reader has seen its figures from now on."""
        lately_shown.remember(request, self.kpi_ids)
        return self.html.replace(self.mark.encode(), get_token(request).encode())


def page(request: HttpRequest, version: str, now: datetime, work_out: Callable[[str], Page]) -> bytes:
    """Return what `work_out` makes of a mark, kept or new, for this person, address and data.

    One page is kept for a person and an address, with the version of its data: a new one takes its place.

    What is said once, a message, is in no kept page and hidden by none.
    """
    if get_messages(request):
        return work_out(secrets.token_hex(16)).shown(request)
    key = _key(request)
    known_version, found = _read(key)
    if found is None or known_version != version or now >= found.until:
        found = work_out(secrets.token_hex(16))
        if found.is_whole:
            _write(key, version, found, now)
    return found.shown(request)


def _key(request: HttpRequest) -> str:
    member, user = request.member, request.user  # type: ignore[attr-defined]
    address = (member.workspace_id, request.get_full_path())
    # The frame shows the person's other workspaces too; the epoch changes with a role in any of them.
    person = (member.pk, user.rights_epoch, user.theme, user.has_shortcuts, str(user), translation.get_language())
    places = [(each.pk, each.workspace.name, each.workspace.slug) for each in request.memberships]  # type: ignore[attr-defined]
    return key_of("page", release(), repr(address), repr(person), repr(places), repr(bool(request.htmx)))  # type: ignore[attr-defined]


def _read(key: str) -> tuple[str, Page | None]:
    """Return the version of the data and the page made of them."""
    try:
        found = cache.get(key)
    except (RedisError, OSError):
        log.warning("The cache does not answer; the page is worked out anew.")
        return "", None
    version, page = found if isinstance(found, tuple) else ("", None)
    return version, page if isinstance(page, Page) else None


def _write(key: str, version: str, made: Page, now: datetime) -> None:
    seconds = min(MOST_SECONDS, int((made.until - now).total_seconds()) + 1)
    try:
        cache.set(key, (version, made), seconds)
    except (RedisError, OSError):
        log.warning("The cache keeps nothing; the next page is worked out anew.")
