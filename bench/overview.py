"""What the Overview of a large company costs: questions and bytes, and CPU and paint against constant bytes."""

from dataclasses import dataclass
from statistics import median, quantiles

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from bench import timetable
from bench.answers import answering
from bench.browsing import Loaded, chromium, visit
from bench.company import Company, plant
from bench.options import WORKERS
from bench.places import Place
from bench.sites import NAME, Site, line, questions, serve, signed_in, told
from faults.stack import Stack
from insights.models import Source
from orgs.scope import scope

QUESTIONS, COLD_BYTES, COLD_REQUESTS, WARM_BYTES, WARM_REQUESTS = 12, 80_000, 6, 30_000, 1
CPU, PAINT, BUSY = 1.5, 1.5, 2.0
VIEWS, LOADS = 300, 9  # views enough that the ticks the kernel counts CPU time in do not show
OPENED = 60
FIRST = "the same, of the first view of new data"


@dataclass(frozen=True)
class Size:
    company: Company = Company()
    feeds: int = 200
    rounds: int = 5


def main(stack: Stack, size: Size) -> int:
    """Print a line for each budget; 1 when one is not kept."""
    place = plant(stack.servers.database_owner_url, size.company)
    print(f"The Overview of {size.company.journeys} journeys, {size.company.readings:,} daily readings:")
    site = serve(stack, place)
    worst = _questions(place)
    (stack.home / "constant.html").write_bytes(site.read(_overview(site), "identity"))
    worst |= _in_chromium(site)
    worst |= _cpu(site, size.rounds)
    worst |= _while_feeds_refresh(stack, site, size.feeds)
    stack.terminate(NAME)
    return worst


def _questions(place: Place) -> int:
    """Count what a view on new data asks the database; it asks more than one on data that was seen."""
    client, path = signed_in(place), f"/w/{place.slug}/overview/"
    client.get(path)
    cache.clear()
    return line("questions to the database, on new data", questions(client, path), QUESTIONS, "6")


def _overview(site: Site) -> str:
    return f"/w/{site.place.slug}/overview/"


def _let_data_change(site: Site) -> None:
    """Refresh a source, as a feed does with every run."""
    with scope(site.place.workspace_id):
        Source.objects.filter(name="System 0").update(refreshed_at=timezone.now())


def _in_chromium(site: Site) -> int:
    """Load both pages in turn, cold and warm."""
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": site.cookie, "url": f"http://localhost:{site.port}"}
    loads: dict[str, list[tuple[Loaded, Loaded]]] = {_overview(site): [], site.constant: []}
    with chromium() as browser:
        for path in (_overview(site), site.constant) * (LOADS + 1):
            loads[path].append(visit(browser, f"http://localhost:{site.port}{path}", cookie))
        fresh = []
        for _ in range(LOADS):
            _let_data_change(site)
            fresh.append(visit(browser, f"http://localhost:{site.port}{_overview(site)}", cookie)[0])
    cold, warm = loads[_overview(site)][-1]
    usual = median(each.painted for each, _ in loads[site.constant][1:])
    worst = line("bytes, nothing cached", cold.bytes, COLD_BYTES, "6,")
    worst |= line("requests, nothing cached", len(cold.requests), COLD_REQUESTS, "6")
    worst |= line("bytes, the second time", warm.bytes, WARM_BYTES, "6,")
    worst |= line("requests, the second time", len(warm.requests), WARM_REQUESTS, "6")
    painted = median(each.painted for each, _ in loads[_overview(site)][1:])
    worst |= line("largest contentful paint, against the constant page", painted / usual, PAINT)
    told(FIRST, median(one.painted for one in fresh) / usual)
    return worst


def _cpu(site: Site, rounds: int) -> int:
    """Compare the server's CPU time of both pages in turn, so that the neighbours disturb both alike."""
    kept, new = [], []
    for _ in range(rounds):
        for path in (site.constant, _overview(site)):
            site.read(path)
        usual = site.cpu_seconds(lambda: site.read(site.constant), VIEWS) / VIEWS
        kept.append(site.cpu_seconds(lambda: site.read(_overview(site)), VIEWS) / VIEWS / usual)
        new.append(site.cpu_seconds(lambda: (_let_data_change(site), site.read(_overview(site))), 4) / 4 / usual)
    worst = line("server CPU of a view, against the constant page", median(kept), CPU)
    told(FIRST, median(new))
    return worst


def _while_feeds_refresh(stack: Stack, site: Site, feeds: int) -> int:
    """Open it on data that just changed, without and with workers that change them all the time."""
    idle = []
    for _ in range(OPENED):
        _let_data_change(site)
        idle.append(site.seconds(_overview(site)))
    with answering(timezone.now().date()) as url:
        stack.start("worker")
        timetable.plan(site.place, url, feeds)
        stack.start("beat")
        busy = timetable.read_until_done(site.place, lambda: site.seconds(_overview(site)))
        stack.terminate("beat", "worker")
    print(f"  {len(busy)} openings while {feeds} feeds refreshed on {WORKERS} workers")
    return line("slowest in twenty openings, against idle", _p95(busy) / _p95(idle), BUSY)


def _p95(took: list[float]) -> float:
    return quantiles(took, n=20, method="inclusive")[-1]
