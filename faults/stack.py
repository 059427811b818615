"""PostgreSQL, Redis, web, workers and beat of one run: processes of its own, to be killed and started again."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from cxhub.local import accounts, database, environment, locks, postgres, redis
from cxhub.local.home import ROOT, prepare
from cxhub.local.leash import kill_session, leashed, stop
from cxhub.local.servers import Servers
from cxhub.local.settings_file import new_encryption_key
from cxhub.local.sockets import Sockets
from cxhub.local.team import commands

BUSY = "Another run uses {home}. Wait for its end, or choose another CXHUB_HOME."
EXIT_SECONDS = 30


class Stack:
    """Everything but the source. Start processes from the main thread: they end with the thread that started them."""

    def __init__(self, home: Path, *, workers: int = 2, keep: Mapping[str, str] | None = None) -> None:
        self.home = prepare(home)
        self._on_stop = ExitStack()
        # Before anything is removed: another run may be using it.
        self._lock = locks.take(self.home / "run.lock", BUSY.format(home=self.home))
        self._on_stop.callback(os.close, self._lock)
        for old in ("postgres", "redis", "logs"):
            shutil.rmtree(self.home / old, ignore_errors=True)
        (self.home / "logs").mkdir(mode=0o700)
        account = accounts.for_postgres()
        sockets = Sockets(self.home, account)
        self._on_stop.callback(sockets.remove)
        self._postgres = postgres.Postgres(self.home, account, sockets.postgres, durable=True)
        # Not durable: it comes back empty, which is the worst a broker can do.
        self._redis = redis.Redis(self.home, sockets.redis, durable=False)
        self.servers = Servers(
            database.url(sockets.postgres, database.APPLICATION),
            database.url(sockets.postgres, database.OWNER),
            redis.url(sockets.redis),
        )
        self.port = _free_port()
        self.environment = self._environment(workers, keep or {})
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self._commands = commands(ROOT / "Procfile")

    def __enter__(self) -> Self:
        try:
            self.start_postgres()
            self.start_redis()
            self._manage("migrate", "--no-input", "--verbosity=0")
            self._manage("collectstatic", "--no-input", "--verbosity=0")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self.terminate(*[name for name in self.processes if name not in {"postgres", "redis"}])
        for name, steps in (("postgres", postgres.STOP_STEPS), ("redis", redis.STOP_STEPS)):
            if name in self.processes:
                stop(self.processes.pop(name), steps)
        self._on_stop.close()

    @property
    def logs(self) -> list[Path]:
        return [*sorted((self.home / "logs").iterdir()), self.home / "postgres.log", self.home / "redis.log"]

    def start_postgres(self) -> None:
        self.processes["postgres"] = self._postgres.start(self._lock)

    def start_redis(self) -> None:
        self.processes["redis"] = self._redis.start(self._lock)

    def restart_postgres(self, signum: signal.Signals) -> None:
        """Shut the server down (SIGINT is fast, SIGQUIT immediate: as a crash) and start it again."""
        self._keep_log("postgres")
        stop(self.processes["postgres"], [(signum, 20.0)])
        self.start_postgres()

    def restart_redis(self) -> None:
        """Kill -9: all that was queued is gone."""
        self._keep_log("redis")
        kill_session(self.processes["redis"])
        self.start_redis()

    def start(self, name: str, role: str = "") -> None:
        """Start a line of the Procfile; `name` tells two of the same role apart."""
        log = (self.home / "logs" / f"{name}.log").open("ab")
        own = {"CXHUB_HOME": str(self.home / name)}  # a second beat keeps a schedule file of its own
        with log:
            self.processes[name] = subprocess.Popen(
                ["/bin/sh", "-c", self._commands[role or name]],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=ROOT,
                env=self.environment | own,
                start_new_session=True,
                preexec_fn=leashed(signal.SIGTERM),
            )

    def spawn(self, name: str, *arguments: str) -> None:
        """Start a Python module of ours beside the product."""
        with (self.home / "logs" / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", *arguments],
                stdout=log,
                stderr=log,
                cwd=ROOT,
                env=self.environment,
                start_new_session=True,
                preexec_fn=leashed(signal.SIGTERM),
            )

    def kill(self, name: str) -> None:
        """Kill -9 a process and all it started."""
        kill_session(self.processes.pop(name))

    def terminate(self, *names: str) -> None:
        """SIGTERM all of them at once, as a deployment does, and wait for their end."""
        going = [self.processes.pop(name) for name in names if name in self.processes]
        for process in going:
            if process.poll() is None:
                process.terminate()
        for process in going:
            stop(process, [(signal.SIGTERM, EXIT_SECONDS)] if process.poll() is None else [])

    def _manage(self, *arguments: str) -> None:
        owner = environment.for_owner(self.environment, self.servers)
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=owner, check=True)

    def _keep_log(self, name: str) -> None:
        """The server begins a new log at each start; what the last one said is searched too."""
        kept = self.home / "logs" / f"{name}-{len(list((self.home / 'logs').iterdir()))}.log"
        shutil.copyfile(self.home / f"{name}.log", kept)

    def _environment(self, workers: int, keep: Mapping[str, str]) -> dict[str, str]:
        stated = {
            "CXHUB_MODE": "local",
            "DJANGO_SETTINGS_MODULE": "cxhub.settings",
            "SECRET_KEY": secrets.token_urlsafe(64),
            "ENCRYPTION_KEYS": new_encryption_key(),
            "OUTBOUND_ALLOW": "127.0.0.1/32",
            "STATIC_ROOT": str(self.home / "static"),
            "PORT": str(self.port),
            "WORKERS": str(workers),
            "LOG_LEVEL": "info",
            "DEBUG": "0",
            **keep,
        }
        plain = {key: os.environ[key] for key in ("HOME", "LANG", "PATH", "TMPDIR") if key in os.environ}
        return environment.for_application({**environment.DEFAULTS, **plain, **stated}, self.servers)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
