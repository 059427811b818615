"""One pool of connections to Redis for a whole process.

Django's cache makes a pool for each context of execution. Each request has a context of its own here, so that every
request opened a connection, greeted the server and left it to the garbage collector: a third of what the cache cost.
"""

from functools import cache
from typing import Any, Self

from django.core.cache import cache as shared
from redis import ConnectionPool, Redis


class SharedPool(ConnectionPool):
    """A pool that is made once for an address. It is safe between threads, and made anew by a forked process."""

    @classmethod
    @cache
    def from_url(cls, url: str, **options: Any) -> Self:
        return super().from_url(url, **options)


def client() -> Redis:
    """Return Redis itself over the pool of the cache, for what the cache cannot do. Raises RedisError, OSError."""
    found: Redis = shared._cache.get_client(None, write=True)  # type: ignore[attr-defined]
    return found
