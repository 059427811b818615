"""Django behind the front keeps one database connection per thread, however many people come."""

import gc
import threading
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from cxhub.web.front import Front, Limits
from cxhub.web.front.answers import no_such_file
from tests.serving.servers import eventually, serving


def backend(request: HttpRequest) -> HttpResponse:
    """Name the thread that runs this page and the process of PostgreSQL that serves it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return HttpResponse(f"{threading.current_thread().name} {cursor.fetchone()[0]}")


urlpatterns = [path("backend/", backend)]


@pytest.mark.django_db(transaction=True)
def test_a_thread_keeps_its_connection(settings):
    settings.ROOT_URLCONF, settings.MIDDLEWARE, settings.ALLOWED_HOSTS = __name__, [], ["127.0.0.1"]
    used = defaultdict(set)
    front = Front(wsgi=WSGIHandler(), static=no_such_file, limits=Limits(threads=3))
    with serving(front) as served, ThreadPoolExecutor(12) as people:
        for answer in people.map(lambda _: served.get("/backend/"), range(60)):
            thread, backend_pid = answer.body.decode().split()
            used[thread].add(int(backend_pid))
    assert len(used) <= 3
    assert [len(backends) for backends in used.values()] == [1] * len(used)
    gc.collect()
    assert eventually(lambda: not still_there(set().union(*used.values())))


def still_there(backends: set[int]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_stat_activity WHERE pid = ANY(%s)", [list(backends)])
        return cursor.fetchone() is not None
