"""An empty workspace to measure in."""

from dataclasses import dataclass

from orgs.models import Member
from orgs.scope import scope
from orgs.services import workspaces


@dataclass(frozen=True)
class Place:
    workspace_id: int
    slug: str
    member: Member


def open_place(name: str = "Bench") -> Place:
    """Open a workspace and return it with its administrator."""
    opened = workspaces.open_workspace(
        name=name, slug="", email=f"{name.lower()}@example.test", person_name=name, zone="UTC"
    )
    with scope(opened.workspace.pk):
        return Place(opened.workspace.pk, opened.workspace.slug, opened.administrator)
