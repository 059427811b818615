"""Requests share their connections to Redis, though each runs in a context of its own."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import Context

from django.core.cache import cache

from cxhub.lib.shared_pool import SharedPool


def test_a_second_context_opens_no_second_connection():
    def asked() -> int:
        cache.get("nothing")
        return cache._cache.get_client().client_id()

    with ThreadPoolExecutor(1) as thread:  # as one page after the other in one thread of the server
        assert len({thread.submit(Context().run, asked).result() for _ in range(5)}) == 1


def test_each_address_has_a_pool_of_its_own():
    first, second = SharedPool.from_url("redis://localhost:1/0"), SharedPool.from_url("redis://localhost:2/0")
    assert first is not second
    assert first is SharedPool.from_url("redis://localhost:1/0")
