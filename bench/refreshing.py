"""The measures of refreshing, on servers of their own."""

from bench import backfill, timetable, writing
from bench.options import Options
from bench.places import open_place
from faults.stack import Stack


def main(stack: Stack, options: Options) -> int:
    """Measure what was asked for; 1 when something is over budget."""
    place = open_place()
    bare_per_second, worst = writing.main(place, writing.Size(options.readings, options.rounds))
    if "backfill" in options.what:
        worst |= backfill.main(place, backfill.Size(options.year_feeds), bare_per_second)
    if "timetable" in options.what:
        worst |= timetable.main(stack, place, timetable.Size(options.due_feeds))
    return worst
