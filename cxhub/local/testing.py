"""`make test`: pytest on a PostgreSQL and a Redis of its own, fast and forgetful."""

import os
import secrets
import signal
import subprocess
import sys
from contextlib import ExitStack
from itertools import count
from pathlib import Path

from cxhub.local import environment, home, locks, servers
from cxhub.local.environment import Environment
from cxhub.local.leash import leashed
from cxhub.local.servers import Running, Servers
from cxhub.local.settings_file import new_encryption_key
from cxhub.local.stopping import stop_flag

STATED = {"CXHUB_MODE": "test", "HTTPS": "0", "DEBUG": "0", "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver"}


def test(arguments: list[str]) -> int:
    """Run pytest and return its exit code. Ctrl-C reaches pytest from the terminal; we wait for its end."""
    with stop_flag() as stop, ExitStack() as stack:
        addresses = environment.outside_servers(os.environ, prefix="TEST_")
        if addresses is None:
            started = _start_free(home.chosen(os.environ))
            stack.callback(started.stop)
            addresses = started.servers
        process = subprocess.Popen(
            # A worker that is done takes half of what waits at the other: slow files end up on both.
            [sys.executable, "-m", "pytest", "-n", "2", "--dist", "worksteal", *arguments],
            cwd=home.ROOT,
            env=_settings(addresses),
            preexec_fn=leashed(signal.SIGTERM),
        )
        while process.poll() is None:
            if stop.wait(0.1):
                process.terminate()
                process.wait()
        return process.returncode


def _start_free(folder: Path) -> Running:
    """Two people, or two terminals, may test the same clone at once: each run takes the first free servers."""
    for number in count(1):
        try:
            return servers.start(folder / f"test-{number}", durable=False)
        except locks.Busy:
            continue
    raise AssertionError("count() ends never")


def _settings(addresses: Servers) -> Environment:
    """Nothing of the user's own settings reaches the tests but what the machine needs."""
    settings = {
        **environment.for_application(os.environ, addresses),
        **STATED,
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ENCRYPTION_KEYS": new_encryption_key(),
        "DATABASE_OWNER_URL": addresses.database_owner_url,
    }
    return {key: value for key, value in settings.items() if key not in {"EMAIL_URL", "BASE_URL", "STATIC_ROOT"}}
