"""A workspace with feeds that read the source, set up through the services as a person would."""

from datetime import date

from django.utils import timezone

from connectors.models import Feed
from connectors.services import http_feeds
from faults.source import SECRET_CANARY, Source
from orgs.scope import scope
from orgs.services import workspaces

INTERVAL_MINUTES = 1


def today() -> date:
    return timezone.now().date()


def set_up(source: Source, count: int) -> tuple[int, float]:
    """Open a workspace with so many feeds, due every minute. Returns its id and the first due moment."""
    opened = workspaces.open_workspace(name="Faults", slug="", email="ada@faults.test", person_name="Ada", zone="UTC")
    with scope(opened.workspace.pk):
        for number in range(count):
            name = f"feed-{number:02}"
            http_feeds.begin(
                name=name,
                settings=source.feed(name, is_incremental=bool(number % 2)),
                secret=SECRET_CANARY,
                interval_minutes=INTERVAL_MINUTES,
                now=timezone.now(),
                by=opened.administrator,
            )
        due_at = timezone.now()
        Feed.objects.update(next_due_at=due_at)
    return int(opened.workspace.pk), due_at.timestamp()
