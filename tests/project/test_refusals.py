"""What production refuses to start with, each in one sentence and without a traceback."""

import os
import subprocess
import sys

import pytest
from cryptography.fernet import Fernet
from django.conf import settings

from tests import worker

GOOD = {
    "CXHUB_MODE": "production",
    "SECRET_KEY": "7f" * 16 + "a-long-and-random-looking-secret-key",
    "ENCRYPTION_KEYS": Fernet.generate_key().decode(),
    "ALLOWED_HOSTS": "cx.acme.example",
}
START = [sys.executable, "-c", "import cxhub.asgi; print('started')"]
WORKER = [sys.executable, "-m", "celery", "-A", "cxhub", "worker", "-c", "1", "-P", "solo"]
BEAT = [sys.executable, "-m", "celery", "-A", "cxhub", "beat", "--pidfile", "", "-s"]


def start(command=START, **changes):
    """Run with production's environment, a variable of None left out."""
    names = ("PATH", "HOME", "LANG")
    env = {name: os.environ[name] for name in names if name in os.environ}
    env |= GOOD | {"DATABASE_URL": worker.database_url(), "REDIS_URL": os.environ["REDIS_URL"]} | changes
    env = {name: value for name, value in env.items() if value is not None}
    return subprocess.run(command, cwd=worker.ROOT, env=env, capture_output=True, text=True, timeout=120)


@pytest.mark.django_db
def test_good_settings_start(committed_world):
    done = start()
    assert done.stdout.strip() == "started", done.stderr


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": "changeme"}, "SECRET_KEY is short or a default"),
        ({"SECRET_KEY": "django-insecure-" + "x7" * 40}, "SECRET_KEY is short or a default"),
        ({"DEBUG": "1"}, "DEBUG is on"),
        ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS must name the hosts"),
        ({"ALLOWED_HOSTS": "cx.acme.example,*"}, "without a wildcard"),
        ({"ENCRYPTION_KEYS": None}, "ENCRYPTION_KEYS is not set"),
        ({"ENCRYPTION_KEYS": " , "}, "ENCRYPTION_KEYS holds no key"),
        ({"ENCRYPTION_KEYS": "short"}, "ENCRYPTION_KEYS has a key that is not"),
        ({"DATABASE_URL": None}, "DATABASE_URL is not set"),
        ({"DATABASE_URL": "sqlite:///x.db"}, "CX Hub runs on PostgreSQL only"),
        ({"DATABASE_URL": "postgres://host"}, "must name a user and a database"),
        ({"REDIS_URL": None}, "REDIS_URL is not set"),
        ({"CXHUB_MODE": "prod"}, "use production, local or test"),
    ],
)
@pytest.mark.django_db
def test_an_unsafe_or_missing_setting_ends_the_start_with_a_sentence(changes, words):
    done = start(**changes)
    assert done.returncode != 0
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [START, WORKER, BEAT], ids=["web", "worker", "beat"])
def test_a_role_that_owns_tables_is_refused(committed_world, command, tmp_path):
    owner = {**settings.OWNER_DATABASE, "NAME": worker.connection.settings_dict["NAME"]}
    command = [*command, str(tmp_path / "schedule")] if command is BEAT else command
    done = start(command, DATABASE_URL=worker.url_of(owner))
    assert done.returncode != 0
    assert "the walls between workspaces would not hold" in done.stderr
    assert "Traceback" not in done.stderr
