"""What search costs when a workspace grows a hundredfold: server time as a ratio, and the number of questions."""

from dataclasses import dataclass

from bench.lists import analyze, grown
from bench.places import Place, open_place
from connectors.models import Connection, Feed
from insights.models import Kpi, Source
from insights.services import sources
from journeys.models import Journey, Map, Touchpoint
from orgs.models import Department
from orgs.scope import scope

BUDGET, MOST_QUESTIONS = 3.0, 11
FEW = 100
PROMISE = "You wait at most two minutes, and whoever helps you knows what you said before. " * 8
WORDS = {
    "nothing": "nothing-like-this",
    "a few": "desk 0042",
    "a quarter of all": "desk phone",
    "one kind": "t: desk",
    "before typing": "",
}


@dataclass(frozen=True)
class Size:
    records: int = 10_000
    rounds: int = 15


def main(owner_url: str, size: Size) -> int:
    """Print a line per search; 1 when one asks twelve questions, or takes over three times as long."""
    few, many = _filled("Few names", FEW), _filled("Many names", size.records)
    analyze(owner_url)
    print(f"Search in {size.records:,} records against {FEW} (budget {BUDGET:.0f} times the time, under 12 questions):")
    paths = {name: f"search/?q={words.replace(' ', '+')}" for name, words in WORDS.items()}
    worst = 0
    for ratio, _asked_few, asked_many in grown(paths, few, many, FEW, rounds=size.rounds, palette=True):
        worst |= int(ratio > BUDGET or asked_many > MOST_QUESTIONS)
    return worst


def _filled(name: str, count: int) -> Place:
    """Open a workspace with so many records: of ten, six touchpoints, two KPIs, one map, and one department or feed."""
    place = open_place(name)
    with scope(place.workspace_id):
        at = {"workspace_id": place.workspace_id}
        kinds = ("phone", "web", "shop", "letter")
        made = Touchpoint.objects.bulk_create(
            [Touchpoint(name=f"Desk {n:04} {kinds[n % 4]}", promise=PROMISE, **at) for n in range(count * 6 // 10)]
        )
        source: Source = sources.create("Survey", by=place.member)
        scale = {"scale_low": 1, "scale_high": 5}
        Kpi.objects.bulk_create(
            [
                Kpi(measure="csat_mean", direction="higher", touchpoint=each, source=source, **scale, **at)
                for each in made[: count * 2 // 10]
            ]
        )
        journeys = Journey.objects.bulk_create([Journey(name=f"I wait {n:04}", **at) for n in range(count // 10)])
        Map.objects.bulk_create([Map(journey=each, title=each.name, **at) for each in journeys])
        Department.objects.bulk_create([Department(name=f"Team {n:04} phone", **at) for n in range(count // 20)])
        connection = Connection.objects.create(kind="file", name="Files", created_by=place.member)
        Feed.objects.bulk_create(
            [
                Feed(name=f"Answers {n:04}", connection=connection, source=source, mapping={}, **at)
                for n in range(count // 20)
            ]
        )
    return place
