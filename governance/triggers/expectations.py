"""A touchpoint of a map has failed an expectation for a day or longer; a short outage calls for no review."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from governance.models import Expectation
from governance.queries import early
from governance.registry import Occasion, Trigger
from journeys.models import Map
from orgs.models import Workspace

LONG_ENOUGH = timedelta(days=1)


def find(maps: Sequence[Map], workspace: Workspace, now: datetime) -> Iterator[Occasion]:
    """Yield each failure that goes on, for each map that places its touchpoint. It happened when it began. Two queries.

    The same expectation failing anew, after it passed, is another occasion.
    """
    where = early.placed(maps)
    failing = Expectation.objects.filter(
        touchpoint__in=list(where), ended_at=None, failing_since__lte=now - LONG_ENOUGH
    )
    for each in failing.select_related("touchpoint").order_by("failing_since", "pk"):
        words = {"what": str(each.touchpoint), "expected": each.sentence}
        for map_id in sorted(where[each.touchpoint_id]):
            yield Occasion(map_id, each.failing_since.isoformat(), each.failing_since, each.pk, words)


def sentence(words: Mapping[str, Any]) -> str:
    return _("%(what)s fails what is expected of it: %(expected)s") % words


TRIGGER = Trigger("expectation", sentence, find, "expectation")
