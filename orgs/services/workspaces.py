"""Opens a workspace with its first administrator and whatever each app begins with; keeps its name and calendar."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import IntegrityError, connection, transaction
from django.utils.text import slugify

from orgs.models import Member, User, Workspace
from orgs.registry import CALENDAR_CHANGED, NEW_WORKSPACE
from orgs.roles import Role
from orgs.scope import scope
from orgs.services import audit, members, stale

DESCRIBED_BY = ("name", "zone", "week_start", "fiscal_year_start")


class SlugIsTaken(ValueError):
    """Another workspace already has this short name."""


class BadName(ValueError):
    """The name or the short name cannot be used as it is."""


class UnknownZone(ValueError):
    """The time zone is not one of the IANA names, such as Europe/Berlin."""


@dataclass(frozen=True)
class Opened:
    workspace: Workspace
    administrator: Member
    password: str | None  # None when the person already had an account and keeps the own password


def open_workspace(
    *, name: str, slug: str = "", email: str, person_name: str, zone: str = "UTC", is_example: bool = False
) -> Opened:
    """Open a workspace with its first administrator. An example can be removed again; nothing becomes one later.

    Raises BadName, SlugIsTaken, UnknownZone.
    """
    _check_names(name, slug)
    _check_zone(zone)
    short = slug or slugify(name)[:60] or "workspace"
    workspace = Workspace(pk=_next_id(), name=name, slug=short, zone=zone, is_example=is_example)
    with scope(workspace.pk):
        _claim_slug(workspace)
        user, password = _person(email, person_name)
        member = members.add(user=user, roles=[(Role.ADMINISTRATOR, None)], by=None)
        audit.record("workspace.open", workspace, by=member, after={"name": name, "slug": workspace.slug})
        for begin in NEW_WORKSPACE:
            begin(by=member)
    return Opened(workspace, member, password)


def values_of(workspace: Workspace) -> dict[str, Any]:
    """What the settings show, to find out whether somebody else changed them meanwhile."""
    return {name: getattr(workspace, name) for name in DESCRIBED_BY}


@transaction.atomic
def describe(*, workspace: Workspace, was: str, by: Member, now: datetime, **values: Any) -> None:
    """Change name, zone, week start and fiscal year. Figures follow another calendar in the same transaction.

    Raises ChangedMeanwhile, BadName, UnknownZone.
    """
    locked = Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)
    before = values_of(locked)
    stale.refuse(was, before)
    _check_names(values["name"], "")
    _check_zone(values["zone"])
    changed = {name: values[name] for name in DESCRIBED_BY if values[name] != before[name]}
    if not changed:
        return
    for name, value in changed.items():
        setattr(locked, name, value)
    locked.save()
    audit.record("workspace.describe", locked, by=by, before={name: before[name] for name in changed}, after=changed)
    if changed.keys() & {"week_start", "fiscal_year_start"}:
        for follow in CALENDAR_CHANGED:
            follow(by=by, now=now)


def _check_zone(zone: str) -> None:
    if zone not in available_timezones():
        raise UnknownZone(f"{zone} is not a time zone. Use a name such as Europe/Berlin.")


def _claim_slug(workspace: Workspace) -> None:
    taken = SlugIsTaken(f"Another workspace is called {workspace.slug}. Choose another short name.")
    if _is_taken(workspace.slug):
        raise taken
    try:
        with transaction.atomic():
            workspace.save(force_insert=True)
    except IntegrityError:  # somebody else took it between the two statements
        raise taken from None


def _check_names(name: str, slug: str) -> None:
    if not name.strip():
        raise BadName("Give the workspace a name.")
    if len(name) > 200:
        raise BadName("The name is longer than 200 characters. Choose a shorter one.")
    try:
        validate_slug(slug or "workspace")
    except ValidationError:
        raise BadName(f"{slug} cannot stand in an address. Use letters, digits, - and _.") from None
    if len(slug) > 60:
        raise BadName(f"{slug} cannot stand in an address: it is longer than 60 characters.")


def _person(email: str, name: str) -> tuple[User, str | None]:
    known = User.objects.filter(email=email.lower()).first()
    if known:
        return known, None
    password = secrets.token_urlsafe(12)
    return User.objects.create_user(email, password, name=name), password


def _next_id() -> int:
    # The id is needed before the row: the wall lets in only the row of the workspace in scope.
    with connection.cursor() as cursor:
        cursor.execute("select nextval(pg_get_serial_sequence('orgs_workspace', 'id'))")
        return int(cursor.fetchone()[0])


def _is_taken(slug: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select orgs_slug_is_taken(%s)", [slug])
        return bool(cursor.fetchone()[0])
