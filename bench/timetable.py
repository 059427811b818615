"""Many feeds due at the same moment for four workers, and what a person who reads a page meanwhile feels of it."""

import http.client
import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from urllib.request import urlopen

from django.conf import settings
from django.test import Client
from django.utils import timezone

from bench.answers import answering, settings_of
from bench.options import WORKERS
from bench.places import Place
from connectors.models import Connection, Feed, SyncRun
from cxhub.local import readiness
from faults.stack import Stack
from insights.models import Kpi, Source
from orgs.scope import scope

INTERVAL_MINUTES = 15
PAGE_BUDGET = 6.0
IDLE_PAGES = 40
PAUSE_SECONDS = 0.2


@dataclass(frozen=True)
class Size:
    feeds: int = 1_000


def main(stack: Stack, place: Place, size: Size) -> int:
    """Print how late the last feed was and how much slower pages were; 1 when over budget."""
    today = timezone.now().date()
    with answering(today) as url:
        page = _page(place)
        for name in ("web", "worker"):
            stack.start(name)
        _wait_until_ready(stack)
        idle = [page.seconds(stack.port) for _ in range(IDLE_PAGES)]
        due_at = plan(place, url, size.feeds)
        stack.start("beat")
        busy = read_until_done(place, lambda: page.seconds(stack.port))
        asked = _asked(url)
        stack.terminate("beat", "worker", "web")
    return _report(place, size, due_at, asked, busy, idle)


def _report(place: Place, size: Size, due_at: float, asked: Counter[str], busy: list[float], idle: list[float]) -> int:
    with scope(place.workspace_id):
        runs = list(SyncRun.objects.filter(feed__name__startswith="Due ").values_list("state", "finished_at"))
    landed = [at.timestamp() - due_at for state, at in runs if state == "done"]
    interval = INTERVAL_MINUTES * 60
    late = sum(took > 2 * interval for took in landed)
    twice = sum(times > 1 for name, times in asked.items() if name.startswith("Due-"))
    slower = median(busy) / median(idle)
    print(f"{size.feeds:,} feeds due at once every {INTERVAL_MINUTES} minutes, {WORKERS} workers:")
    print(f"  the last one landed after  {max(landed) / interval:5.2f} intervals   (budget 2.00; {late} later)")
    print(f"  half of them after         {median(landed) / interval:5.2f} intervals")
    print(f"  asked twice                {twice:5}             (budget 0)")
    print(f"  not landed                 {size.feeds - len(landed):5}             (budget 0)")
    print(f"  a page, against idle       {slower:5.2f}             (budget {PAGE_BUDGET:.1f}; {len(busy)} pages)")
    return int(bool(late or twice or len(landed) < size.feeds or slower > PAGE_BUDGET))


@dataclass(frozen=True)
class Page:
    """A touchpoint's page, as a signed-in person reads it."""

    path: str
    cookie: str

    def seconds(self, port: int) -> float:
        """Read it and return how long that took. Raises when it is not there."""
        began = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", self.path, headers={"Host": "localhost", "Cookie": self.cookie})
        answered = connection.getresponse()
        if answered.status != 200 or b"kpi" not in answered.read():
            raise RuntimeError(f"{self.path} answered {answered.status}.")
        connection.close()
        return time.perf_counter() - began


def _page(place: Place) -> Page:
    """Return the page of a touchpoint that has a year of readings, from the bench of writing."""
    with scope(place.workspace_id):
        touchpoint_id = Kpi.objects.filter(source__name__startswith="Bench").values_list("touchpoint_id", flat=True)[0]
    client = Client()
    client.force_login(place.member.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    return Page(f"/w/{place.slug}/touchpoints/{touchpoint_id}/", f"{settings.SESSION_COOKIE_NAME}={cookie.value}")


def plan(place: Place, url: str, count: int) -> float:
    """Make so many feeds, each of a system of its own, all of them due now."""
    now = timezone.now()
    first = now.date() - timedelta(days=6)
    with scope(place.workspace_id):
        names = [f"Due {number}" for number in range(count)]
        connections = Connection.objects.bulk_create(
            Connection(kind="http_json", name=name, created_by=place.member) for name in names
        )
        origins = Source.objects.bulk_create(Source(name=name, interval_minutes=INTERVAL_MINUTES) for name in names)
        Feed.objects.bulk_create(
            Feed(
                connection=connection,
                source=source,
                name=name,
                mapping=settings_of(f"{url}/{name.replace(' ', '-')}", first).to_json(),
                interval_minutes=INTERVAL_MINUTES,
                next_due_at=now,
            )
            for name, connection, source in zip(names, connections, origins, strict=True)
        )
    return now.timestamp()


def read_until_done(place: Place, read: Callable[[], float]) -> list[float]:
    """Read a page while workers work, and return how long each took; gives up after three intervals."""
    took: list[float] = []
    until = time.monotonic() + 3 * INTERVAL_MINUTES * 60
    while time.monotonic() < until:
        with scope(place.workspace_id):
            runs = SyncRun.objects.filter(feed__name__startswith="Due ")
            is_begun, is_busy = runs.exists(), runs.unfinished().exists()
        if is_begun and not is_busy:
            return took
        if is_begun:
            took.append(read())
        time.sleep(PAUSE_SECONDS)
    return took


def _asked(url: str) -> Counter[str]:
    with urlopen(f"{url}/asked") as answered:
        return Counter(json.loads(answered.read()))


def _wait_until_ready(stack: Stack) -> None:
    while readiness.ask("127.0.0.1", str(stack.port)) != readiness.READY:
        time.sleep(0.2)
