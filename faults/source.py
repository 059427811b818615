"""The system that feeds read: its truth moves on as it is asked, and it fails when it is told to."""

import json
import random
import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from connectors.systems.http_json.settings import Settings
from faults.ledger import Cells, Ledger, Version
from tests.outside import Outside, answer, json_answer

SECRET_CANARY = "canary-of-the-key-9b1f"
TEXT_CANARY = "canary-of-an-answer-77ac"
DAYS, LATE_DAYS, TOUCHPOINTS, PAGES = 20, 3, 4, 3
TROUBLES = ("503", "reset", "truncated", "429", "half", "time-out")


class Source:
    """Serves `/<feed>` page by page; each first page is of a new truth, unless it is frozen."""

    def __init__(self, ledger: Ledger, seed: int, today: date, *, page_seconds: float = 0.4) -> None:
        self.ledger, self.today, self.page_seconds = ledger, today, page_seconds
        self.is_frozen = False
        self.troubles: dict[str, str] = {}
        self.met: list[str] = []
        self.asked = threading.Event()
        self._dice, self._lock = random.Random(seed), threading.Lock()
        self._server = Outside(self._handle)

    def close(self) -> None:
        self._server.close()

    def feed(self, name: str, *, is_incremental: bool) -> Settings:
        """Begin a truth for a feed, and return the settings that read it."""
        with self._lock:
            self.ledger.add(name, self._first(name))
        return Settings(
            url=f"{self._server.url}/{name}",
            sign_in="bearer",
            paging="cursor",
            cursor_path="next",
            cursor_parameter="cursor",
            since_parameter="since" if is_incremental else "",
            first_day=(self.today - timedelta(days=DAYS)).isoformat() if is_incremental else "",
            late_days=LATE_DAYS,
            rows="rows",
            touchpoint_path="touchpoint",
            date_path="on",
            score_path="score",
            scale_low=1,
            scale_high=5,
            measures=("csat_mean", "csat_top2"),
        )

    def _first(self, name: str) -> Cells:
        days = [self.today - timedelta(days=ahead) for ahead in range(DAYS)]
        return {
            (f"{name} desk {desk}", day): self._scores()
            for desk in range(TOUCHPOINTS)
            for day in days
            if desk == 0 or self._dice.random() < 0.9  # what is missing may come late
        }

    def _scores(self) -> tuple[int, ...]:
        return tuple(self._dice.randint(1, 5) for _ in range(self._dice.randint(1, 6)))

    def _move_on(self, name: str) -> Version:
        """Correct some of the late days: answers change, come late, or are taken back."""
        version = self.ledger.last(name)
        if self.is_frozen or self._dice.random() < 0.3:
            return version
        cells = dict(version.cells)
        for _ in range(self._dice.randint(1, 4)):
            day = self.today - timedelta(days=self._dice.randint(0, LATE_DAYS))
            key = (f"{name} desk {self._dice.randrange(TOUCHPOINTS)}", day)
            if key in cells and not key[0].endswith(" 0") and self._dice.random() < 0.2:
                del cells[key]
            else:
                cells[key] = self._scores()
        return self.ledger.add(name, cells)

    def _handle(self, request: str) -> Any:
        self.asked.set()
        head = request.partition("\r\n\r\n")[0]
        if f"Bearer {SECRET_CANARY}".lower() not in head.lower():
            return answer(b"{}", "401 Unauthorized")
        parts = urlsplit(request.split()[1])
        name, asked = parts.path.strip("/"), {key: held[-1] for key, held in parse_qs(parts.query).items()}
        with self._lock:
            trouble = self.troubles.pop(name, None)
            version, page = self._page(name, asked.get("cursor", ""))
        time.sleep(self.page_seconds)
        if trouble:
            self.met.append(trouble)
            return _troubled(trouble, self._rows(version, asked, page))
        return self._told(version, asked, page)

    def _page(self, name: str, cursor: str) -> tuple[Version, int]:
        if not cursor:
            return self._move_on(name), 0
        number, page = cursor.split(".")
        return self.ledger.versions[name][int(number)], int(page)

    def _told(self, version: Version, asked: dict[str, str], page: int) -> bytes:
        is_last = page == PAGES - 1
        if is_last:
            version.is_whole = True
        following = None if is_last else f"{version.number}.{page + 1}"
        return json_answer({"rows": self._rows(version, asked, page), "next": following})

    def _rows(self, version: Version, asked: dict[str, str], page: int) -> list[dict[str, Any]]:
        since = date.fromisoformat(asked.get("since", "1900-01-01"))
        rows = [
            {"touchpoint": name, "on": day.isoformat(), "score": score, "comment": TEXT_CANARY}
            for (name, day), scores in sorted(version.cells.items())
            if day >= since
            for score in scores
        ]
        bad = {"touchpoint": f"{version.feed} desk 0", "on": TEXT_CANARY, "score": 3}
        return [*rows[page::PAGES], {**bad, "page": page}]


def _troubled(trouble: str, rows: list[dict[str, Any]]) -> bytes | Callable[[socket.socket], None]:
    if trouble == "429":
        return answer(b"{}", "429 Too Many Requests", Retry_After="3", Content_Type="application/json")
    if trouble == "503":
        return answer(b"{}", "503 Service Unavailable", Content_Type="application/json")
    whole = json.dumps({"rows": rows, "next": None}).encode()
    cut = answer(whole, Content_Type="application/json")[: -len(whole) // 2]
    return {
        "truncated": cut,
        "half": answer(whole[: len(whole) // 2], Content_Type="application/json"),
        "reset": lambda client: _reset(client, cut),
        "time-out": _hang,
    }[trouble]


def _reset(client: socket.socket, said: bytes) -> None:
    client.sendall(said)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()


def _hang(client: socket.socket) -> None:
    with suppress(OSError):
        client.recv(1)  # until the other side gives up
