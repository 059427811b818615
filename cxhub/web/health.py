"""`/readyz`: may this process be sent requests? Asks the database and Redis over connections of its own.

Of its own, since those of the page threads may all be waiting for a frozen server, and no setting of libpq
bounds the wait for an answer on a connection that is open.
"""

import select
from time import monotonic
from typing import Any

import psycopg2
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from psycopg2.extensions import POLL_OK, POLL_READ
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

SECONDS = 2.0


@login_not_required  # Whoever watches the process has no account; the answer holds nothing private.
@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    away = []
    if not database_answers():
        away.append(_("the database"))
    if not redis_answers():
        away.append(_("Redis"))
    if not away:
        return HttpResponse(_("ready") + "\n", content_type="text/plain; charset=utf-8")
    sentence = _("Not ready: no answer from %(what)s.") % {"what": get_text_list(away, _("and"))}
    return HttpResponse(
        sentence + "\n", status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "5"}
    )


def database_answers(seconds: float = SECONDS) -> bool:
    """Say whether the role of the pages gets an answer to `SELECT 1` on a new connection in `seconds`."""
    deadline = monotonic() + seconds
    try:
        database = psycopg2.connect(**connection.get_connection_params(), async_=1)
    except psycopg2.Error:
        return False
    try:
        wait_for(database, deadline)
        cursor = database.cursor()
        cursor.execute("SELECT 1")
        wait_for(database, deadline)
        return bool(cursor.fetchone() == (1,))
    except (psycopg2.Error, TimeoutError):
        return False
    finally:
        database.close()


def wait_for(database: Any, deadline: float) -> None:
    """Wait until an asynchronous psycopg2 connection is done with what it was asked. Raises TimeoutError."""
    while (state := database.poll()) != POLL_OK:
        poller = select.poll()
        poller.register(database.fileno(), select.POLLIN if state == POLL_READ else select.POLLOUT)
        if not poller.poll(max(0.0, deadline - monotonic()) * 1000):
            raise TimeoutError


def redis_answers(seconds: float = SECONDS) -> bool:
    client = Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=seconds,
        socket_connect_timeout=seconds,
        retry=Retry(NoBackoff(), 0),
    )
    try:
        return bool(client.ping())
    except (RedisError, OSError):
        return False
    finally:
        client.close()
