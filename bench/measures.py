"""The measures that need servers of their own: lists, search, the Overview, and refreshing."""

from bench import backfill, lists, maps, overview, search, timetable, writing
from bench.company import Company
from bench.options import LISTS, MAP, OVERVIEW, REFRESHING, SEARCH, Options
from bench.places import open_place
from faults.stack import Stack


def main(stack: Stack, options: Options) -> int:
    """Measure what was asked for; 1 when something is over budget."""
    worst = (
        lists.main(stack.servers.database_owner_url, lists.Size(options.touchpoints)) if LISTS in options.what else 0
    )
    if SEARCH in options.what:
        worst |= search.main(stack.servers.database_owner_url, search.Size(options.records))
    if OVERVIEW in options.what:
        company = Company(options.journeys, options.years)
        worst |= overview.main(stack, overview.Size(company, options.refreshing_feeds, options.rounds))
    if MAP in options.what:
        worst |= maps.main(stack, options.rounds)
    if not set(REFRESHING).intersection(options.what):
        return worst
    place = open_place()
    bare_per_second, over = writing.main(place, writing.Size(options.readings, options.rounds))
    worst |= over
    if "backfill" in options.what:
        worst |= backfill.main(place, backfill.Size(options.year_feeds), bare_per_second)
    if "timetable" in options.what:
        worst |= timetable.main(stack, place, timetable.Size(options.due_feeds))
    return worst
