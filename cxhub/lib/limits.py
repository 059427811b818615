"""Counts tries within a time, in the cache that all processes share."""

import hashlib

from django.core.cache import cache


def key_of(what: str, *parts: str) -> str:
    """Return a cache key that tells nobody what was tried."""
    return f"{what}:" + hashlib.sha256("|".join(parts).encode()).hexdigest()


def count(key: str, *, seconds: int) -> int:
    """Count one more try, and return how many there were since the first of these seconds."""
    cache.add(key, 0, seconds)
    try:
        return int(cache.incr(key))
    except ValueError:  # the time ended between the two calls
        cache.set(key, 1, seconds)
        return 1


def forget(key: str) -> None:
    """Give the tries back."""
    cache.delete(key)
