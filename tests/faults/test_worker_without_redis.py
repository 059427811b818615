"""A worker that loses Redis while it holds messages lets go of the connection and lives."""

import shutil
import tempfile
from pathlib import Path

import pytest
from kombu import Connection

from cxhub import env
from cxhub.celery import app
from cxhub.local.leash import kill_session
from cxhub.local.redis import Redis, url


@pytest.fixture
def redis():
    """A Redis of our own, to be killed."""
    folder = Path(tempfile.mkdtemp(prefix="cxhub-redis-", dir="/tmp"))
    yield Redis(folder, folder / "s", durable=False)
    shutil.rmtree(folder, ignore_errors=True)


def test_messages_that_are_not_acknowledged_do_not_end_a_worker_without_redis(redis):
    with (redis.folder.parent / "lock").open("w") as lock:
        server = redis.start(lock.fileno())
        try:
            connection = Connection(env.redis_for_celery(url(redis.path)))
            jobs = connection.SimpleQueue("jobs")
            jobs.put({"run": 1})
            assert jobs.get(timeout=5).payload == {"run": 1}
        finally:
            kill_session(server)
    # What Celery does when its connection breaks (Consumer.on_connection_error_after_connected and its restart).
    channel = jobs.channel
    channel._disconnect_pools()
    channel._pool = channel._async_pool = None
    channel.connection.client = None
    channel.close()
    assert app.conf.task_acks_late  # with early acknowledgement there would be nothing to hold
