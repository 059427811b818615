"""Who was shown which things within the last 30 days. Redis holds it; without it nobody is known to have seen any."""

import logging
from collections.abc import Iterable
from typing import Any

from django.core.cache import cache
from redis.exceptions import RedisError

from cxhub.lib.shared_pool import client

DAYS = 30
SECONDS = DAYS * 24 * 3600
log = logging.getLogger(__name__)


def show(what: str, who: int, things: Iterable[int], *, now: float) -> None:
    """Remember that somebody is shown these things; `now` is in seconds. What is older than 30 days is forgotten."""
    shown = {str(thing): now for thing in things}
    if not shown:
        return
    key = _key(what, who)
    try:
        with client().pipeline(transaction=False) as line:
            line.zadd(key, shown)
            line.zremrangebyscore(key, "-inf", now - SECONDS)
            line.expire(key, SECONDS)
            line.execute()
    except (RedisError, OSError):
        log.warning("Redis does not answer; what is shown now is not remembered.")


def seen(what: str, who: int, *, now: float) -> set[int]:
    """Return the things that somebody was shown within the last 30 days."""
    try:
        found: Any = client().zrangebyscore(_key(what, who), now - SECONDS, "+inf")
    except (RedisError, OSError):
        log.warning("Redis does not answer; nobody is known to have seen anything.")
        return set()
    return {int(each) for each in found}


def _key(what: str, who: int) -> str:
    key: str = cache.make_key(f"lately:{what}:{who}")
    return key
