"""A system that gives a few answers for each day it is asked for, in a process of its own."""

import hashlib
import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from multiprocessing import get_context
from typing import Any
from urllib.parse import parse_qs, urlsplit

from connectors.systems.http_json.settings import Settings
from tests.outside import Outside, answer, json_answer

ANSWERS_A_DAY = 3


@contextmanager
def answering(today: date) -> Iterator[str]:
    """Serve until the end of the block; yields the address. `/asked` tells how often each feed was read."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(today, theirs), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.kill()
        process.join()


def settings_of(url: str, first: date) -> Settings:
    return Settings(
        url=url,
        since_parameter="since",
        until_parameter="until",
        first_day=first.isoformat(),
        rows="rows",
        touchpoint_path="touchpoint",
        date_path="on",
        score_path="score",
        scale_low=1,
        scale_high=5,
        measures=("csat_mean",),
    )


def _serve(today: date, told: Any) -> None:
    asked: Counter[str] = Counter()
    lock = threading.Lock()

    def handle(request: str) -> bytes:
        parts = urlsplit(request.split()[1])
        name = parts.path.strip("/")
        if name == "asked":
            with lock:
                return answer(json.dumps(asked).encode())
        with lock:
            asked[name] += 1
        return json_answer({"rows": list(_rows(name, parse_qs(parts.query), today))})

    server = Outside(handle)
    told.send(server.url)
    threading.Event().wait()  # until it is killed


def _rows(name: str, given: dict[str, list[str]], today: date) -> Iterator[dict[str, Any]]:
    first = date.fromisoformat(given["since"][-1])
    last = min(date.fromisoformat(given["until"][-1]), today)
    for ahead in range((last - first).days + 1):
        day = (first + timedelta(days=ahead)).isoformat()
        dice = hashlib.sha256(f"{name} {day}".encode()).digest()
        for index in range(ANSWERS_A_DAY):
            yield {"touchpoint": f"Desk of {name}", "on": day, "score": dice[index] % 5 + 1}
