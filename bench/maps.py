"""What a map costs: one of 200 steps against one of 40, and that against the same bytes as a constant."""

import gzip
import http.client
import re
import secrets
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from bench.browsing import chromium, open_without_scripts, visit
from bench.lists import analyze
from bench.places import Place, open_place
from bench.sites import NAME, Site, line, questions, serve, signed_in, told
from faults.stack import Stack
from insights.measures.base import Scale
from insights.measures.parts import ScoreParts
from insights.models import KpiTarget
from insights.pipelines import readings
from insights.pipelines.readings import Entry
from insights.services import kpis, sources
from journeys.models import LifecyclePhase, Map, MapCell, MapLane, Step
from journeys.registry import TEXT_LANES
from journeys.services import channels, lanes, maps, touchpoints
from orgs.scope import scope

FEW, MANY, LANES, OF_STAGE, DAYS = 40, 200, 12, 4, 30
WRITTEN = ("actions", "thoughts", "quotes", "emotions", "frontstage", "backstage", "support", "notes")
TEXT = "I compare what they offer and ask what others say about it, then I sleep on it."
GROWTH, QUESTIONS, BYTES, NODES, CELL_BYTES = 6.0, 15, 80 * 1024, 6_000, 5 * 1024
VIEWS, LOADS = 8, 7


def main(stack: Stack, rounds: int) -> int:
    """Print a line for each budget; 1 when one is not kept."""
    place = open_place("Maps")
    few, many = _filled(place, FEW), _filled(place, MANY)
    analyze(stack.servers.database_owner_url)
    print(f"A map of {FEW} steps x {LANES} lanes with KPIs, and one of {MANY} steps with as many lanes, to its editor:")
    site = serve(stack, place)
    (stack.home / "constant.html").write_bytes(site.read(_page(site, few), "identity"))
    worst = _asked(place, few, many)
    worst |= _time(site, few, many, rounds)
    worst |= _bytes(site, few, many)
    worst |= _one_cell(site, few)
    worst |= _in_chromium(site, few, many)
    stack.terminate(NAME)
    return worst


def _page(site: Site, drawn: Map) -> str:
    return f"/w/{site.place.slug}/maps/{drawn.pk}/"


def _filled(place: Place, count: int) -> Map:
    """Draw a map of so many steps, each with a measured touchpoint and a text in every lane that people write in."""
    by = place.member
    with scope(place.workspace_id):
        source = sources.create(f"Survey {count}", by=by)
        placed, entries = [], []
        for number in range(count):
            channel, _ = channels.find_or_create(f"Channel {number % 5}", by=by)
            made, _ = touchpoints.find_or_create(f"Desk {count}-{number:03}", channel=channel, by=by)
            kpi, _ = kpis.find_or_create("csat_mean", touchpoint=made, source=source, scale=Scale(1, 5), by=by)
            KpiTarget.objects.create(kpi=kpi, value=4.0, valid_from=date(2025, 3, 1))
            answers = ScoreParts.of([2, 3] * 20 if number % 10 == 0 else [4, 5] * 20)
            days = (timezone.now().date() - timedelta(days=back + 1) for back in range(DAYS))
            entries += [Entry(kpi.pk, "day", day, "", answers) for day in days]
            placed.append(made)
        readings.replace(uuid4(), entries, now=datetime.now(UTC))
        phase = LifecyclePhase.objects.order_by("position")[0]
        stages = [
            (f"Stage {first // OF_STAGE}", placed[first : first + OF_STAGE]) for first in range(0, count, OF_STAGE)
        ]
        drawn, _made = maps.lay_out(f"Trip {count}", stages=stages, phase=phase, by=by)
        kept = [lanes.add(drawn=drawn, kind=kind, by=by) for kind in TEXT_LANES if kind.key in WRITTEN]
        steps = Step.objects.filter(stage__map=drawn)
        MapCell.objects.bulk_create(_cells(kept, list(steps)))
    return drawn


def _cells(kept: list[MapLane], steps: list[Step]) -> list[MapCell]:
    return [
        MapCell(lane=lane, step=step, text=str(at % 5 - 2) if lane.kind == "emotions" else f"{TEXT} {at}", version=1)
        for lane in kept
        for at, step in enumerate(steps)
    ]


def _asked(place: Place, few: Map, many: Map) -> int:
    client, counts = signed_in(place), []
    for drawn in (few, many):
        path = f"/w/{place.slug}/maps/{drawn.pk}/"
        client.get(path)
        counts.append(questions(client, path))
    worst = line(f"questions to the database of {FEW} steps", counts[0], QUESTIONS, "6")
    return worst | line(f"more of them of {MANY} steps", counts[1] - counts[0], 0, "6")


def _time(site: Site, few: Map, many: Map, rounds: int) -> int:
    """Compare the server's CPU time of both pages and of the constant one by turns, so that neighbours disturb all."""
    grown, dearer = [], []
    for _ in range(rounds):
        took = {}
        for name, path in (("same", site.constant), ("few", _page(site, few)), ("many", _page(site, many))):
            site.read(path)
            took[name] = site.cpu_seconds(lambda path=path: site.read(path), VIEWS)  # type: ignore[misc]
        grown.append(took["many"] / took["few"])
        dearer.append(took["few"] / took["same"])
    told(f"server CPU of {FEW} steps, against the constant page", median(dearer))
    return line(f"server CPU of {MANY} steps, against {FEW}", median(grown), GROWTH)


def _bytes(site: Site, few: Map, many: Map) -> int:
    """Of the page alone, compressed by the server."""
    told(f"KB of {MANY} steps, compressed", len(site.read(_page(site, many))) / 1024)
    return line(f"bytes of {FEW} steps, compressed", len(site.read(_page(site, few))), BYTES, "6,")


def _one_cell(site: Site, few: Map) -> int:
    """Open the form of a cell, and save it: what goes each way, headers and all, in the larger of the two."""
    with scope(site.place.workspace_id):
        cell = MapCell.objects.filter(lane__map=few, lane__kind="actions").select_related("lane", "step")[0]
    path = f"/w/{site.place.slug}/lanes/{cell.lane_id}/cells/{cell.step_id}/"
    data = {"value": f"{TEXT} " * 2, "version": cell.version, "save": secrets.token_urlsafe(12)}
    moved = [_moved(site, "GET", path), _moved(site, "POST", path, data)]
    worst = line("bytes sent to edit a cell", max(sent for sent, _got in moved), CELL_BYTES, "6,")
    return worst | line("bytes received to edit a cell", max(got for _sent, got in moved), CELL_BYTES, "6,")


def _moved(site: Site, method: str, path: str, data: dict[str, Any] | None = None) -> tuple[int, int]:
    token = secrets.token_hex(16)
    cookies = f"{settings.SESSION_COOKIE_NAME}={site.cookie}; {settings.CSRF_COOKIE_NAME}={token}"
    headers = {"Host": "localhost", "Cookie": cookies, "X-CSRFToken": token, "HX-Request": "true"}
    headers |= {"Accept-Encoding": "gzip", "Content-Type": "application/x-www-form-urlencoded"}
    body = urlencode(data or {})
    asked = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
    asked.request(method, path, body, headers)
    answer = asked.getresponse()
    got = answer.read()
    asked.close()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}.")
    told_back = sum(len(name) + len(value) + 4 for name, value in answer.getheaders())
    text = gzip.decompress(got).decode() if answer.getheader("Content-Encoding") == "gzip" else got.decode()
    if data and not re.search(rf'data-seen="{data["version"] + 1}"', text):
        raise RuntimeError("The cell was not saved.")
    return len(body) + sum(len(name) + len(value) + 4 for name, value in headers.items()), len(got) + told_back


def _in_chromium(site: Site, few: Map, many: Map) -> int:
    """Count nodes, and paint with every script blocked: the grid has to be there."""
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": site.cookie, "url": f"http://localhost:{site.port}"}
    host = f"http://localhost:{site.port}"
    with chromium() as browser:
        bare = [open_without_scripts(browser, host + _page(site, drawn), cookie) for drawn in (few, many)]
        loads: dict[str, list[float]] = {site.constant: [], _page(site, few): []}
        for path in list(loads) * (LOADS + 1):
            loads[path].append(visit(browser, host + path, cookie)[0].painted)
    worst = line(f"nodes of {FEW} steps", bare[0].nodes, NODES, "6,")
    told(f"nodes of {MANY} steps, in thousands", bare[1].nodes / 1000)
    missing = sum(abs(LANES * steps - found.cells) for steps, found in zip((FEW, MANY), bare, strict=True))
    worst |= line("cells that are missing while scripts are blocked", missing, 0, "6")
    unpainted = sum(found.painted <= 0 for found in bare)
    worst |= line("pages that are not painted while scripts are blocked", unpainted, 0, "6")
    usual, painted = (median(took[1:]) for took in loads.values())
    told("largest contentful paint, against the constant page", painted / usual)
    return worst
