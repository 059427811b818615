"""The cast: Ada administers Acme, Eli is its executive, Lea leads Service, Max edits maps, Ivo runs IT, Vi only views.

Con contributes to Service. Ann administers another company, Umbra, whose rows carry CANARY, so that a leak is seen.
Umbra has a row in every table of a workspace; Acme begins almost empty, and `fill_acme` does the same for it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password

from journeys.models import LifecyclePhase, Touchpoint
from journeys.services import maps
from orgs.models import Department, Member, User, Workspace
from orgs.roles import Role
from orgs.scope import scope
from orgs.services import departments, members, workspaces
from tests import planting
from tests.days import ZONE
from tests.snapshot import Snapshot

PASSWORD = "correct horse battery"
CANARY = "canary-of-umbra"
ACME_CANARY = "canary-of-acme"


@dataclass
class World:
    acme: Workspace
    umbra: Workspace
    ada: Member
    eli: Member
    lea: Member
    max: Member
    ivo: Member
    vi: Member
    con: Member
    ann: Member
    service: Department
    cast: dict[str, Member] = field(default_factory=dict)
    umbra_rows: dict[str, Any] = field(default_factory=dict)

    def fill_acme(self) -> dict[str, Any]:
        """Plant a row with ACME_CANARY in every table of Acme too."""
        with self.inside():
            return planting.fill(ACME_CANARY, by=self.ada, department=self.service)

    def inside(self):
        """The scope of Acme."""
        return scope(self.acme.pk)

    def inside_umbra(self):
        return scope(self.umbra.pk)


_kept: dict[str, Snapshot] = {}  # of this process, once it was built


def build() -> World:
    """Make both companies through the services, as a person would; the next time, from what was made then."""
    world: World = _once("begun", _build)
    return world


def build_filled() -> tuple[World, dict[str, Any]]:
    """Make them with a row in every table of Acme too; returns those rows as well."""
    filled: tuple[World, dict[str, Any]] = _once("filled", _build_filled)
    return filled


def _once(name: str, make: Callable[[], Any]) -> Any:
    if name in _kept:
        return _kept[name].put_back()
    made = make()
    world = made if isinstance(made, World) else made[0]
    _kept[name] = Snapshot(made, [world.acme.pk, world.umbra.pk])
    return made


def _build_filled() -> tuple[World, dict[str, Any]]:
    world = build()
    return world, world.fill_acme()


def _build() -> World:
    acme, ada = _open("Acme", "ada@acme.test", "Ada Admin")
    umbra, ann = _open(f"Umbra {CANARY}", "ann@umbra.test", f"Ann {CANARY}", slug="umbra")
    with scope(acme.pk):
        service, _ = departments.find_or_create("Service", by=ada)
        cast = {
            "ada": ada,
            "eli": _join("eli", Role.EXECUTIVE, ada),
            "lea": _join("lea", Role.DEPARTMENT_LEAD, ada, service),
            "max": _join("max", Role.MAP_EDITOR, ada),
            "ivo": _join("ivo", Role.INTEGRATOR, ada),
            "vi": _join("vi", Role.VIEWER, ada),
            "con": _join("con", Role.CONTRIBUTOR, ada, service),
        }
    with scope(umbra.pk):
        department, _ = departments.find_or_create(f"Secrets {CANARY}", by=ann)
        rows = planting.fill(CANARY, by=ann, department=department)
    return World(acme=acme, umbra=umbra, ann=ann, service=service, cast=cast, umbra_rows=rows, **cast)


def lay_out(title: str, placed: list[Touchpoint], by: Member):
    """Draw a map of one stage with these touchpoints, in the workspace in scope."""
    return maps.lay_out(title, stages=[("Stage", placed)], phase=LifecyclePhase.objects.get(position=4), by=by)[0]


def _open(name: str, email: str, person: str, slug: str = "") -> tuple[Workspace, Member]:
    opened = workspaces.open_workspace(name=name, slug=slug, email=email, person_name=person, zone=ZONE)
    _password(opened.administrator.user)
    return opened.workspace, opened.administrator


def _join(name: str, role: Role, by: Member, department: Department | None = None) -> Member:
    user = User.objects.create_user(f"{name}@acme.test", name=name.title())
    return members.add(user=_password(user), roles=[(role, department)], by=by)


def _password(user: User) -> User:
    user.password = _hashed()
    user.save()
    return user


@cache
def _hashed() -> str:
    return make_password(PASSWORD)
