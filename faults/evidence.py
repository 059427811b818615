"""Collects the evidence at the end: straight from the tables, as their owner, past the product's own queries."""

import base64
import json
import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2
import redis

from faults.ledger import Key
from faults.source import SECRET_CANARY, TEXT_CANARY
from faults.verdict import Run

CANARIES = (SECRET_CANARY.encode(), TEXT_CANARY.encode())

READINGS = """
    select feed.name, touchpoint.name, kpi.measure, reading.grain, reading.starts_on, reading.value
    from insights_reading reading
    join insights_kpi kpi on kpi.id = reading.kpi_id
    join journeys_touchpoint touchpoint on touchpoint.id = kpi.touchpoint_id
    join connectors_feed feed on feed.source_id = kpi.source_id"""
RUNS = """
    select run.id, feed.name, run.state, extract(epoch from run.asked_at), run.fence, run.stumbles
    from connectors_syncrun run join connectors_feed feed on feed.id = run.feed_id order by run.id"""
ENTRIES = """
    select action, coalesce((after->>'run')::bigint, subject_id) from orgs_auditentry
    where action in ('feed.refresh', 'run.ask')"""


class Books:
    """The tables, read by their owner: no scope, no row-level security."""

    def __init__(self, owner_url: str) -> None:
        self._url = owner_url

    @contextmanager
    def open(self) -> Iterator[Any]:
        session = psycopg2.connect(self._url)
        try:
            with session, session.cursor() as cursor:
                yield cursor
        finally:
            session.close()

    def ask(self, sql: str, *given: Any) -> list[tuple[Any, ...]]:
        """Return the rows; waits while the server is away."""
        for _ in range(600):
            try:
                with self.open() as cursor:
                    cursor.execute(sql, given)
                    return list(cursor.fetchall()) if cursor.description else []
            except psycopg2.OperationalError:
                time.sleep(0.1)
        raise RuntimeError("PostgreSQL does not come back.")

    def readings(self) -> dict[str, list[tuple[Key, float | None]]]:
        found: dict[str, list[tuple[Key, float | None]]] = defaultdict(list)
        for feed, touchpoint, measure, grain, day, value in self.ask(READINGS):
            found[feed].append(((touchpoint, measure, grain, day), value))
        return found

    def runs(self) -> list[Run]:
        return [Run(pk, feed, state, float(at)) for pk, feed, state, at, _fence, _stumbles in self.ask(RUNS)]

    def held(self) -> dict[int, tuple[str, int, int]]:
        """Return state, fence and stumbles of each run."""
        return {row[0]: (row[2], row[4], row[5]) for row in self.ask(RUNS)}

    def entries(self) -> list[tuple[str, int]]:
        return [(action, int(run)) for action, run in self.ask(ENTRIES)]


def seen(path: Path) -> list[dict[str, Any]]:
    """Return the reader's lines; one that was cut by the end of its process says nothing."""
    return [json.loads(line) for line in path.read_text().splitlines() if line.endswith("}")]


class Search:
    """Looks for what was planted, in logs and in what the broker holds."""

    def __init__(self) -> None:
        self.bytes, self.leaks = 0, list[str]()

    def files(self, paths: Iterable[Path]) -> None:
        for path in paths:
            for number, line in enumerate(path.read_bytes().splitlines(), start=1):
                self._look(line, f"{path.name}, line {number}")

    def broker(self, url: str) -> None:
        client = redis.Redis.from_url(url)
        for key in client.scan_iter("*"):
            for text in _texts(client, key):
                self._look(text, f"Redis, key {key[:40]!r}")
        client.close()

    def _look(self, text: bytes, where: str) -> None:
        self.bytes += len(text)
        if any(canary in text for canary in CANARIES):
            self.leaks.append(where)


def _texts(client: Any, key: bytes) -> Iterator[bytes]:
    """Yield what a key holds, with the messages of Celery unpacked: their bodies are base64."""
    kind = client.type(key)
    held = {
        b"string": lambda: [client.get(key)],
        b"list": lambda: client.lrange(key, 0, -1),
        b"hash": lambda: client.hvals(key),
        b"set": lambda: client.smembers(key),
        b"zset": lambda: client.zrange(key, 0, -1),
    }[kind]()
    for text in filter(None, held):
        yield text
        for body in re.findall(rb'"body": *"([A-Za-z0-9+/=]+)"', text.replace(b'\\"', b'"')):
            yield base64.b64decode(body)
