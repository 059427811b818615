"""A workspace with one map and those who edit it, set up through the services as people would."""

from dataclasses import dataclass

from django.conf import settings
from django.test import Client

from journeys.models import Finding
from journeys.queries.lanes import text_kind
from journeys.services import findings, journeys, lanes, steps, touchpoints
from orgs.models import Member, User
from orgs.roles import Role
from orgs.scope import scope
from orgs.services import members, workspaces

STAGES, STEPS = ("Find out", "Choose", "Buy", "Use"), 3
LANES = ("actions", "thoughts", "emotions")
RECORDS = 8


@dataclass(frozen=True)
class Scene:
    workspace_id: int
    slug: str
    map_id: int
    people: list[Member]


def set_up(count: int) -> Scene:
    """Open a workspace with a map of four stages, twelve steps and three lanes, and so many people who may edit it."""
    opened = workspaces.open_workspace(name="Load", slug="", email="ada@load.test", person_name="Ada", zone="UTC")
    with scope(opened.workspace.pk):
        by = opened.administrator
        people = [_editor(number, by) for number in range(count)]
        told = {"scenario": "", "owner": by, "sponsor": None, "by": by}
        drawn = journeys.begin(name="A trip", stage_names=list(STAGES), **told)
        for stage in drawn.stages.select_related("map"):
            for number in range(STEPS):
                steps.add(stage=stage, name=f"{stage.name} {number}", by=by)
        for kind in LANES:
            lanes.add(drawn=drawn, kind=text_kind(kind), by=by)  # type: ignore[arg-type]
        for number in range(RECORDS):
            touchpoints.find_or_create(f"Desk {number}", by=by)
            findings.find_or_create(kind=Finding.Kind.PAIN, name=f"Queue {number}", by=by)
    return Scene(opened.workspace.pk, opened.workspace.slug, drawn.pk, people)


def _editor(number: int, by: Member) -> Member:
    user = User.objects.create_user(f"editor-{number}@load.test", name=f"Editor {number}")
    return members.add(user=user, roles=[(Role.MAP_EDITOR, None)], by=by)


def cookies_of(member: Member) -> dict[str, str]:
    """Sign somebody in, and return what their browser keeps."""
    client = Client(headers={"host": "localhost"})
    client.force_login(member.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
