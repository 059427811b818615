"""Starts and stops the embedded PostgreSQL and Redis of one data folder.

with running(home) as servers:
    connect(servers.database_url)
"""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from cxhub.local import accounts, database, locks, postgres, redis
from cxhub.local.home import prepare
from cxhub.local.leash import stop
from cxhub.local.sockets import Sockets

ADDRESSES = "addresses.json"
LAST_ONES_SECONDS = 20
IN_USE = "The servers of {home} run already (process {{holder}}). Stop that first, or choose another CXHUB_HOME."
NOT_GONE = "PostgreSQL or Redis of an earlier start still run on {home} and do not end. Look for them with: ps -ef"


@dataclass(frozen=True)
class Servers:
    """Where to connect: as the application, as the owner of the tables (migrations), and to Redis."""

    database_url: str
    database_owner_url: str
    redis_url: str


@dataclass(frozen=True)
class Running:
    servers: Servers
    processes: dict[str, subprocess.Popen[bytes]]
    on_stop: ExitStack

    def died(self) -> str | None:
        """Name the server that ended by itself, if one did."""
        return next((name for name, process in self.processes.items() if process.poll() is not None), None)

    def stop(self) -> None:
        self.on_stop.close()


def start(home: Path, *, durable: bool = True) -> Running:
    """Start both servers on this data folder, made if missing. Not durable means faster, for tests.

    The servers end when the calling thread does (leash.py). Raises Problem.
    """
    account = accounts.for_postgres()
    home = prepare(home)
    with ExitStack() as stack:
        lock = _lock(stack, home)
        sockets = Sockets(home, account)
        stack.callback(sockets.remove)
        server = postgres.Postgres(home, account, sockets.postgres, durable=durable)
        processes = {"PostgreSQL": server.start(lock)}
        stack.callback(stop, processes["PostgreSQL"], postgres.STOP_STEPS)
        processes["Redis"] = redis.Redis(home, sockets.redis, durable=durable).start(lock)
        stack.callback(stop, processes["Redis"], redis.STOP_STEPS)
        addresses = _addresses(sockets)
        _publish(stack, home, addresses)
        return Running(addresses, processes, stack.pop_all())


@contextmanager
def running(home: Path, *, durable: bool = True) -> Iterator[Servers]:
    started = start(home, durable=durable)
    try:
        yield started.servers
    finally:
        started.stop()


@contextmanager
def joined(home: Path) -> Iterator[Servers]:
    """Use the servers that run on this folder, or start them for as long as they are needed."""
    with ExitStack() as stack:
        try:
            started = start(home)
            stack.callback(started.stop)
            addresses = started.servers
        except locks.Busy:
            addresses = Servers(**json.loads((home / ADDRESSES).read_text()))
        yield addresses


def _publish(stack: ExitStack, home: Path, addresses: Servers) -> None:
    """Leave the addresses for `joined`: a socket folder may have a random name."""
    path = home / ADDRESSES
    path.touch(0o600)
    path.write_text(json.dumps(asdict(addresses)))
    stack.callback(path.unlink, missing_ok=True)


def _lock(stack: ExitStack, home: Path) -> int:
    """Take two locks: ours says that somebody runs this folder; the servers hold copies of the second, so
    after kill -9 of their parent we wait here until the last of them has written its data and gone."""
    ours = locks.take(home / "starter.lock", IN_USE.format(home=home))
    stack.callback(os.close, ours)
    theirs = locks.take(home / "servers.lock", NOT_GONE.format(home=home), LAST_ONES_SECONDS)
    stack.callback(os.close, theirs)
    return theirs


def _addresses(sockets: Sockets) -> Servers:
    return Servers(
        database_url=database.url(sockets.postgres, database.APPLICATION),
        database_owner_url=database.url(sockets.postgres, database.OWNER),
        redis_url=redis.url(sockets.redis),
    )
