"""What lists cost when the catalogue grows a hundredfold: server time as a ratio, and the number of questions."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median
from time import perf_counter
from uuid import uuid4

import psycopg2
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from bench.places import Place, open_place
from insights.measures.base import Scale
from insights.measures.parts import ScoreParts
from insights.models import Kpi, KpiTarget
from insights.pipelines import readings
from insights.pipelines.readings import Entry
from insights.services import kpis, sources
from journeys.models import LifecyclePhase
from journeys.services import channels, maps, touchpoints
from orgs.scope import scope

BUDGET = 3.0
FEW, DAYS = 10, 30
CHANNELS = ("Phone", "Web", "Shop", "Letter")
NOW = datetime(2026, 2, 1, tzinfo=UTC)
FIRST = date(2025, 3, 1)
LISTS = {
    "touchpoints": "touchpoints/",
    "touchpoints, searched": "touchpoints/?q=desk",
    "touchpoints, by channel": "touchpoints/?sort=channel",
    "unowned": "unowned/",
    "off target": "off-target/",
    "journeys": "journeys/",
    "home": "",
    "API: touchpoints": "api/v1/touchpoints/",
    "API: KPIs": "api/v1/kpis/",
}


@dataclass(frozen=True)
class Size:
    touchpoints: int = 1_000
    rounds: int = 15


def main(owner_url: str, size: Size) -> int:
    """Print a line per list; 1 when one asks more questions for more rows, or takes over three times as long."""
    few, many = _filled("Few", FEW), _filled("Many", size.touchpoints)
    analyze(owner_url)
    print(f"{size.touchpoints:,} touchpoints against {FEW} (budget {BUDGET:.0f} times the time, as many questions):")
    worst = 0
    for ratio, asked_few, asked_many in grown(LISTS, few, many, FEW, rounds=size.rounds):
        worst |= int(ratio > BUDGET or asked_many > asked_few)
    return worst


def grown(
    paths: Mapping[str, str], few: Place, many: Place, count: int, *, rounds: int, palette: bool = False
) -> Iterator[tuple[float, int, int]]:
    """Ask for each path in both workspaces by turns, and print its line, by name; `count`: how many rows are few.

    Yields how many times as long the many take, and the questions asked for the few and for the many.
    """
    client = {place.slug: signed_in(place) for place in (few, many)}
    for name, path in paths.items():
        took: dict[str, list[float]] = {few.slug: [], many.slug: []}
        asked = {}
        for place in (few, many) * (rounds + 1):  # the first round warms caches up and is left out
            seconds, asked[place.slug] = read(client[place.slug], f"/w/{place.slug}/{path}", palette=palette)
            took[place.slug].append(seconds)
        ratio = median(took[many.slug][1:]) / median(took[few.slug][1:])
        print(f"  {name:26} {ratio:5.2f}   {asked[many.slug]:3} questions (with {count}: {asked[few.slug]})")
        yield ratio, asked[few.slug], asked[many.slug]


def _filled(name: str, count: int) -> Place:
    """Open a workspace with so many measured touchpoints, a map for each ten of them."""
    place = open_place(name)
    with scope(place.workspace_id):
        made = [_touchpoint(number, place) for number in range(count)]
        source = sources.create("Survey", by=place.member)
        entries = [entry for touchpoint in made for entry in _measured(touchpoint, source, place)]
        readings.replace(uuid4(), entries, now=NOW)
        phase = LifecyclePhase.objects.order_by("position")[0]
        for number in range(0, count, 10):
            stages = [(f"Stage {number}", made[number : number + 10])]
            maps.lay_out(f"Map {number}", stages=stages, phase=phase, by=place.member)
    return place


def _touchpoint(number: int, place: Place):  # type: ignore[no-untyped-def]
    channel, _ = channels.find_or_create(CHANNELS[number % len(CHANNELS)], by=place.member)
    made, _ = touchpoints.find_or_create(f"Desk {number:04}", channel=channel, by=place.member)
    return made


def _measured(touchpoint, source, place: Place) -> Iterator[Entry]:  # type: ignore[no-untyped-def]
    """Give the touchpoint a KPI with a target that one in ten misses, and yield what was answered."""
    kpi: Kpi
    kpi, _ = kpis.find_or_create("csat_mean", touchpoint=touchpoint, source=source, scale=Scale(1, 5), by=place.member)
    KpiTarget.objects.create(kpi=kpi, value=4.0, valid_from=FIRST)
    answers = ScoreParts.of([2, 3] * 20 if touchpoint.pk % 10 == 0 else [4, 5] * 20)
    for day in range(DAYS):
        yield Entry(kpi.pk, "day", FIRST + timedelta(days=day), "", answers)


def analyze(owner_url: str) -> None:
    """Let the planner know the new rows at once; autovacuum does it within a minute, in the middle of a measurement."""
    owner = psycopg2.connect(owner_url)
    owner.autocommit = True
    with owner.cursor() as cursor:
        cursor.execute("analyze")
    owner.close()


def signed_in(place: Place) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(place.member.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def read(client: Client, path: str, *, palette: bool = False) -> tuple[float, int]:
    """Return the seconds that a page took and the questions it asked. Raises when it is not there."""
    with _counted() as count:
        began = perf_counter()
        answer = client.get(path, headers={"HX-Request": "true"} if palette else {})
        seconds = perf_counter() - began
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code} at {timezone.now()}.")
    return seconds, count[0]


@contextmanager
def _counted() -> Iterator[list[int]]:
    count = [0]

    def counting(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        # What opens and closes the scope asks for no row, and is the same on every page.
        count[0] += sql.lstrip()[:6].upper() == "SELECT" and not sql.startswith("select set_config")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(counting):
        yield count
