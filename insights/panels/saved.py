"""What a saved view keeps of the address of a page of numbers."""

from django.http import HttpRequest, QueryDict

from cxhub.lib.periods import Period, period_of
from insights.panels.looking import today_of


def asked(request: HttpRequest, shown: Period | None, latest: Period | None = None) -> QueryDict:
    """Return what the address asks for; of the latest period only its length, so that the view goes on with time.

    `latest` is what the page shows for a length alone; where it is not given, the last one that is over.
    """
    kept = request.GET.copy()
    if shown and shown == (latest or _finished(request, shown)):
        kept.pop("at", None)
    return kept


def _finished(request: HttpRequest, shown: Period) -> Period:
    workspace = request.workspace  # type: ignore[attr-defined]
    year = {"week_start": workspace.week_start, "fiscal_year_start": workspace.fiscal_year_start}
    return period_of(today_of(request), shown.grain, **year).previous()
