"""/readyz says whether the database and Redis answer, to anybody, soon, and without details."""

import socket
from collections.abc import Iterator

import pytest
from django.db import connection

from cxhub.web import health


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A server that takes connections and never says a word, as a frozen one does."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.fixture
def frozen_database(monkeypatch: pytest.MonkeyPatch, silent_port: int) -> None:
    monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
    monkeypatch.setitem(connection.settings_dict, "PORT", str(silent_port))


def test_it_is_ready_without_sign_in(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ready\n")
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_missing_redis_is_named(client, settings):
    settings.REDIS_URL = "unix:///nowhere/redis.sock?db=0"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"Not ready: no answer from Redis.\n")
    assert answer.headers["Retry-After"] == "5"


def test_a_missing_database_is_named(client, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"Not ready: no answer from the database.\n")


def test_both_are_named(client, monkeypatch, settings):
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert client.get("/readyz").content == b"Not ready: no answer from the database and Redis.\n"


def test_a_refused_sign_in_to_the_database_is_not_ready(monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "USER", "nobody_of_ours")
    assert health.database_answers() is False


@pytest.mark.usefixtures("frozen_database")
def test_a_frozen_database_is_not_waited_for():
    assert health.database_answers(seconds=0.2) is False


def test_a_frozen_redis_is_not_waited_for(settings, silent_port):
    settings.REDIS_URL = f"redis://127.0.0.1:{silent_port}/0"
    assert health.redis_answers(seconds=0.2) is False


def test_it_cannot_be_posted_to(client):
    assert client.post("/readyz").status_code == 405
