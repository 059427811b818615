"""What the Overview of a large company costs: questions and bytes, and CPU and paint against constant bytes."""

import http.client
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles

import psutil
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench import timetable
from bench.answers import answering
from bench.browsing import Loaded, chromium, visit
from bench.company import Company, plant
from bench.options import WORKERS
from bench.places import Place
from cxhub.local import readiness
from faults.stack import Stack
from insights.models import Source
from orgs.scope import scope

QUESTIONS, COLD_BYTES, COLD_REQUESTS, WARM_BYTES, WARM_REQUESTS = 12, 80_000, 6, 30_000, 1
CPU, PAINT, BUSY = 1.5, 1.5, 2.0
VIEWS, LOADS = 40, 9
OPENED = 60
FIRST = "the same, of the first view of new data"
NOT_QUESTIONS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK", "select set_config")


@dataclass(frozen=True)
class Size:
    company: Company = Company()
    feeds: int = 200
    rounds: int = 5


@dataclass(frozen=True)
class Site:
    """The product on a port, with the Overview, the same bytes as a constant, and somebody who is signed in."""

    place: Place
    port: int
    process: psutil.Process
    cookie: str

    @property
    def overview(self) -> str:
        return f"/w/{self.place.slug}/overview/"

    @property
    def constant(self) -> str:
        return f"/w/{self.place.slug}/constant/"

    def seconds(self, path: str) -> float:
        """Read a page, compressed, and return how long that took. Raises when it is not there."""
        began = time.perf_counter()
        self.read(path)
        return time.perf_counter() - began

    def read(self, path: str, encoding: str = "gzip") -> bytes:
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        named = {"Host": "localhost", "Cookie": f"{settings.SESSION_COOKIE_NAME}={self.cookie}"}
        asked.request("GET", path, headers={**named, "Accept-Encoding": encoding})
        answer = asked.getresponse()
        body = answer.read()
        asked.close()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}.")
        return body

    def cpu_seconds(self, view: Callable[[], object], times: int) -> float:
        """Return the CPU time of the server's process for so many views."""
        before = sum(self.process.cpu_times()[:2])
        for _ in range(times):
            view()
        return float(sum(self.process.cpu_times()[:2]) - before)

    def let_data_change(self) -> None:
        """Refresh a source, as a feed does with every run."""
        with scope(self.place.workspace_id):
            Source.objects.filter(name="System 0").update(refreshed_at=timezone.now())


def main(stack: Stack, size: Size) -> int:
    """Print a line for each budget; 1 when one is not kept."""
    place = plant(stack.servers.database_owner_url, size.company)
    print(f"The Overview of {size.company.journeys} journeys, {size.company.readings:,} daily readings:")
    site = _site(stack, place)
    worst = _questions(place)
    (stack.home / "constant.html").write_bytes(site.read(site.overview, "identity"))
    worst |= _in_chromium(site)
    worst |= _cpu(site, size.rounds)
    worst |= _while_feeds_refresh(stack, site, size.feeds)
    stack.terminate("overview")
    return worst


def _line(what: str, found: float, budget: float, form: str = "6.2f") -> int:
    verdict = "" if found <= budget else "   OVER"
    print(f"  {what:58} {found:{form}}   (budget {budget:,}){verdict}", flush=True)
    return int(found > budget)


def _told(what: str, found: float) -> None:
    print(f"  {what:58} {found:6.2f}", flush=True)


def _site(stack: Stack, place: Place) -> Site:
    arguments = ["--lifespan", "off", "--host", "127.0.0.1", "--port", str(stack.port), "--log-level", "warning"]
    stack.environment["BENCH_CONSTANT"] = str(stack.home / "constant.html")
    stack.spawn("overview", "uvicorn", "bench.overview_site:application", *arguments)
    while readiness.ask("127.0.0.1", str(stack.port)) != readiness.READY:
        if stack.processes["overview"].poll() is not None:
            raise RuntimeError(f"The server ended; {stack.home}/logs/overview.log says why.")
        time.sleep(0.2)
    cookie = _signed_in(place).cookies[settings.SESSION_COOKIE_NAME].value
    return Site(place, stack.port, psutil.Process(stack.processes["overview"].pid), cookie)


def _signed_in(place: Place) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(place.member.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def _questions(place: Place) -> int:
    """Count what a view on new data asks the database; it asks more than one on data that was seen."""
    client, path = _signed_in(place), f"/w/{place.slug}/overview/"
    client.get(path)
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    own = [each["sql"] for each in asked if not each["sql"].startswith(NOT_QUESTIONS)]
    return _line("questions to the database, on new data", len(own), QUESTIONS, "6")


def _in_chromium(site: Site) -> int:
    """Load both pages in turn, cold and warm."""
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": site.cookie, "url": f"http://localhost:{site.port}"}
    loads: dict[str, list[tuple[Loaded, Loaded]]] = {site.overview: [], site.constant: []}
    with chromium() as browser:
        for path in (site.overview, site.constant) * (LOADS + 1):
            loads[path].append(visit(browser, f"http://localhost:{site.port}{path}", cookie))
        fresh = []
        for _ in range(LOADS):
            site.let_data_change()
            fresh.append(visit(browser, f"http://localhost:{site.port}{site.overview}", cookie)[0])
    cold, warm = loads[site.overview][-1]
    usual = median(each.painted for each, _ in loads[site.constant][1:])
    worst = _line("bytes, nothing cached", cold.bytes, COLD_BYTES, "6,")
    worst |= _line("requests, nothing cached", len(cold.requests), COLD_REQUESTS, "6")
    worst |= _line("bytes, the second time", warm.bytes, WARM_BYTES, "6,")
    worst |= _line("requests, the second time", len(warm.requests), WARM_REQUESTS, "6")
    painted = median(each.painted for each, _ in loads[site.overview][1:])
    worst |= _line("largest contentful paint, against the constant page", painted / usual, PAINT)
    _told(FIRST, median(one.painted for one in fresh) / usual)
    return worst


def _cpu(site: Site, rounds: int) -> int:
    """Compare the server's CPU time of both pages in turn, so that the neighbours disturb both alike."""
    kept, new = [], []
    for _ in range(rounds):
        for path in (site.constant, site.overview):
            site.read(path)
        usual = site.cpu_seconds(lambda: site.read(site.constant), VIEWS) / VIEWS
        kept.append(site.cpu_seconds(lambda: site.read(site.overview), VIEWS) / VIEWS / usual)
        new.append(site.cpu_seconds(lambda: (site.let_data_change(), site.read(site.overview)), 4) / 4 / usual)
    worst = _line("server CPU of a view, against the constant page", median(kept), CPU)
    _told(FIRST, median(new))
    return worst


def _while_feeds_refresh(stack: Stack, site: Site, feeds: int) -> int:
    """Open it on data that just changed, without and with workers that change them all the time."""
    idle = []
    for _ in range(OPENED):
        site.let_data_change()
        idle.append(site.seconds(site.overview))
    with answering(timezone.now().date()) as url:
        stack.start("worker")
        timetable.plan(site.place, url, feeds)
        stack.start("beat")
        busy = timetable.read_until_done(site.place, lambda: site.seconds(site.overview))
        stack.terminate("beat", "worker")
    print(f"  {len(busy)} openings while {feeds} feeds refreshed on {WORKERS} workers")
    return _line("slowest in twenty openings, against idle", _p95(busy) / _p95(idle), BUSY)


def _p95(took: list[float]) -> float:
    return quantiles(took, n=20, method="inclusive")[-1]
