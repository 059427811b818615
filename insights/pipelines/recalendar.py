"""Works out every reading again when the workspace counts weeks or fiscal years another way."""

from datetime import datetime

from insights.models import Kpi, Reading, ReadingPart
from insights.pipelines import readings
from orgs.models import Member


def follow(*, by: Member, now: datetime) -> None:
    """Put the parts of each KPI into the periods of the new calendar. Runs in the transaction that changes it.

    No page sees one calendar with the periods of the other. A number is not restated by it: the answers of a day stay
    the day's own, and a period of other days is another period, so its old reading goes first.
    """
    for kpi in Kpi.objects.select_for_update().order_by("pk"):
        parts = ReadingPart.objects.filter(kpi_id=kpi.pk)
        touched = set(parts.values_list("kpi_id", "grain", "starts_on", "segment"))
        Reading.objects.filter(kpi_id=kpi.pk).delete()
        readings.rebuild(touched, now=now)
