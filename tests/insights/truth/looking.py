"""Opens the Overview and the page of every journey as a member and holds them against the oracle."""

from datetime import date, datetime
from typing import Any

from journeys.models import Journey
from orgs.models import Workspace
from orgs.scope import scope
from tests.insights.truth import judge
from tests.insights.truth.judge import Untruth


def untruths(client: Any, member: Any, now: datetime, asked: tuple[str, date] | None = None) -> list[Untruth]:
    """Return every figure of these pages that the readings do not bear out."""
    query = f"?per={asked[0]}&at={asked[1]}" if asked else ""
    with scope(member.workspace_id):
        root = f"/w/{Workspace.objects.get(pk=member.workspace_id).slug}"
        journeys = list(Journey.objects.filter(archived_at=None).values_list("pk", flat=True))
    html = page(client, f"{root}/overview/{query}")
    pages = {pk: page(client, f"{root}/journeys/{pk}/health/{query}") for pk in journeys}
    looked = {"member": member.pk, "now": now, "asked": asked}
    with scope(member.workspace_id):
        return judge.overview(html, **looked) + judge.journeys(pages, **looked)


def page(client: Any, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return str(answer.content.decode())


def told(found: list[Untruth]) -> str:
    return "\n".join("\n    ".join(map(str, each)) for each in found)
