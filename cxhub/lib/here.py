"""Who is at a place just now, and where in it. Nothing of it is kept beyond a minute; without Redis nobody is anywhere.

Each open page says again and again that it is there, under a name it gave itself. A place is one hash in Redis, so that
nobody's word takes the place of another's; a person has at most a few pages in it, whatever a browser sends.
"""

import logging
from collections.abc import Iterable

from django.core.cache import cache
from redis.exceptions import RedisError

from cxhub.lib.shared_pool import client

SECONDS = 30  # who was not heard of for so long is gone
PAGES = 4  # of one person in one place
log = logging.getLogger(__name__)

Said = tuple[float, int, str, str]
"""When a page said that it is there, whose it is, its name, and where in the place it is."""


def be(place: str, who: int, page: str, at: str, *, now: float) -> dict[int, str]:
    """Say that a page of somebody is here, and return who is, each with where: on the page that last said where.

    `page` and `at` are the caller's to check; `now` is in seconds.
    """
    key, field = _key(place), f"{who}.{page}"
    try:
        with client().pipeline(transaction=False) as line:
            line.hset(key, field, f"{now:.3f} {at}")
            line.expire(key, 2 * SECONDS)
            line.hgetall(key)
            said = sorted(_read(*pair) for pair in line.execute()[-1].items())
        alive = [each for each in said if each[0] > now - SECONDS]
        own = [each for each in alive if each[1] == who][:-PAGES]
        gone = [f"{each[1]}.{each[2]}" for each in said if each not in alive or each in own]
        if gone:
            client().hdel(key, *gone)
    except (RedisError, OSError):
        log.warning("Redis does not answer; nobody is told who is here.")
        return {}
    return _where(alive)


def leave(place: str, who: int, page: str) -> None:
    """Say that a page is there no more."""
    try:
        client().hdel(_key(place), f"{who}.{page}")
    except (RedisError, OSError):
        log.warning("Redis does not answer; who left is gone in %d seconds.", SECONDS)


def _where(said: Iterable[Said]) -> dict[int, str]:
    """The last word counts, of those that name a spot where any does."""
    found: dict[int, str] = {}
    for _when, who, _page, at in said:
        found[who] = at or found.get(who, "")
    return found


def _read(field: bytes, value: bytes) -> Said:
    who, _dot, page = field.decode().partition(".")
    when, _space, at = value.decode().partition(" ")
    return float(when), int(who), page, at


def _key(place: str) -> str:
    key: str = cache.make_key(f"here:{place}")
    return key
