"""A real Celery worker, in a process of its own, on the test's database and Redis."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def running() -> Iterator[subprocess.Popen]:
    """Start a worker, give it back, and end it with its children."""
    command = [sys.executable, "-m", "celery", "-A", "cxhub", "worker", "-c", "1", "--loglevel", "ERROR"]
    worker = subprocess.Popen(command, cwd=ROOT, env=environment(), start_new_session=True)
    try:
        yield worker
    finally:
        if worker.poll() is None:
            os.killpg(worker.pid, signal.SIGTERM)
            worker.wait(timeout=60)


def environment() -> dict[str, str]:
    """What a process needs to work on the database of this test."""
    return {**os.environ, "DATABASE_URL": database_url(), "SECRET_KEY": settings.SECRET_KEY}


def database_url() -> str:
    """The address of this test's database, for its application role."""
    return url_of(connection.settings_dict)


def url_of(role: dict[str, Any]) -> str:
    """Django's database setting as an address."""
    secret = f":{quote(role['PASSWORD'])}" if role.get("PASSWORD") else ""
    port = f":{role['PORT']}" if role.get("PORT") else ""
    host = quote(str(role.get("HOST") or "localhost"), safe="")
    return f"postgres://{role['USER']}{secret}@{host}{port}/{role['NAME']}"


def wait_until(is_so: Callable[[], bool], *, seconds: int = 300) -> None:
    """Wait for a background process. The limit only ends a test that would hang."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.2)
