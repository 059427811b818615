"""What the workspace in scope holds of connections, counted, and how much of it has told anything yet."""

from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from connectors.models import Connection, Feed, SyncRun


def counted() -> list[tuple[Any, int]]:
    """Return connections, their feeds and runs."""
    return [
        (gettext_lazy("Connections"), Connection.objects.count()),
        (gettext_lazy("Feeds"), Feed.objects.count()),
        (gettext_lazy("Runs of feeds"), SyncRun.objects.count()),
    ]


def arriving() -> str:
    """Return how many feeds have told anything, while some that are to be refreshed have not; "" afterwards."""
    told, still = Count("source__refreshed_at"), Q(paused_at=None, source__refreshed_at=None)
    found = Feed.objects.aggregate(all=Count("pk"), told=told, waiting=Count("pk", filter=still))
    if not found["waiting"]:
        return ""
    return _("The first numbers are coming in: %(told)d of %(all)d sources have arrived.") % found
