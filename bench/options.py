"""What may follow `make bench`."""

import argparse
from dataclasses import dataclass
from pathlib import Path

SERVING, LISTS, SEARCH, OVERVIEW, MAP, REFRESHING = (
    "serving",
    "lists",
    "search",
    "overview",
    "map",
    ("writing", "backfill", "timetable"),
)
WORKERS = 4


@dataclass(frozen=True)
class Options:
    what: tuple[str, ...]
    readings: int
    rounds: int
    year_feeds: int
    due_feeds: int
    touchpoints: int
    records: int
    journeys: int
    years: int
    refreshing_feeds: int
    home: Path | None = None


def parse(arguments: list[str]) -> Options:
    parser = argparse.ArgumentParser(prog="make bench", description="Measure, as ratios.")
    parser.add_argument(
        "what",
        nargs="*",
        choices=[SERVING, LISTS, SEARCH, OVERVIEW, MAP, *REFRESHING, []],
        metavar="WHAT",
        help=f"{SERVING}, {LISTS}, {SEARCH}, {OVERVIEW}, {MAP}, {', '.join(REFRESHING)}; all unless named",
    )
    parser.add_argument("--readings", type=int, default=10_000, help="how many are written at once")
    parser.add_argument("--rounds", type=int, default=5, help="how often that is repeated")
    parser.add_argument("--year-feeds", type=int, default=200, help="feeds that get a year backfilled")
    parser.add_argument("--due-feeds", type=int, default=1_000, help="feeds that are due at the same moment")
    parser.add_argument("--touchpoints", type=int, default=1_000, help="how many the long list has")
    parser.add_argument("--records", type=int, default=10_000, help="how many are searched")
    parser.add_argument("--journeys", type=int, default=50, help="how many the Overview has, each of 50 KPIs")
    parser.add_argument("--years", type=int, default=2, help="how long those were read every day")
    parser.add_argument("--refreshing-feeds", type=int, default=200, help="feeds that refresh while it is opened")
    parser.add_argument("--home", type=Path, help="a folder for the servers' data; made if missing")
    given = vars(parser.parse_args(arguments))
    return Options(**{**given, "what": tuple(given["what"] or (SERVING, LISTS, SEARCH, OVERVIEW, MAP, *REFRESHING))})
