"""Lets an administrator look at an example workspace as one of its made-up people: by a link, once, for a while."""

from datetime import datetime
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from orgs.models import Member, User
from orgs.queries import visits
from orgs.services import audit

SALT = "orgs.visit"
MINUTES = 30


class NotMadeUp(ValueError):
    """It is somebody real, or somebody who is in another workspace too, or no example at all."""

    def __init__(self) -> None:
        super().__init__(_("Only the made-up people of an example can be looked at it as."))


class LinkIsOver(ValueError):
    """The link was used, is too old, or is none."""

    def __init__(self) -> None:
        super().__init__(_("This link does not work any more. Make a new one on the page of the example."))


@transaction.atomic
def invite(*, member: Member, by: Member) -> str:
    """Return the token of a link that signs in as this made-up person, once. Raises NotMadeUp."""
    _refuse_real(member)
    audit.record("example.invite_visit", member, by=by, after={"minutes": MINUTES})
    told = [member.workspace_id, member.pk, by.pk, _used(member.user)]
    return signing.dumps(told, salt=SALT)


def workspace_of(token: str) -> int:
    """Return the workspace whose made-up person the token is for. Raises LinkIsOver."""
    return int(_read(token)[0])


@transaction.atomic
def redeem(*, token: str, now: datetime) -> User:
    """Return the person to sign in, and let the link work no more. Raises LinkIsOver, NotMadeUp.

    Called inside the scope of the token's workspace.
    """
    _workspace, member_pk, by_pk, used = _read(token)
    member = Member.objects.current().select_related("workspace", "user").filter(pk=member_pk).first()
    by = Member.objects.current().filter(pk=by_pk).first()
    if member is None or by is None:
        raise LinkIsOver
    _refuse_real(member)
    user: User = User.objects.select_for_update().get(pk=member.user_id)
    if _used(user) != used:
        raise LinkIsOver
    user.last_login = now
    user.save(update_fields=["last_login"])
    audit.record("example.visit", member, by=by)
    return user


def _read(token: str) -> list[Any]:
    try:
        told: list[Any] = signing.loads(token, salt=SALT, max_age=60 * MINUTES)
    except signing.BadSignature:
        raise LinkIsOver from None
    return told


def _refuse_real(member: Member) -> None:
    if not member.workspace.is_example or not visits.is_made_up(member.user) or visits.is_elsewhere(member):
        raise NotMadeUp


def _used(user: User) -> str:
    """What changes with every sign-in."""
    return user.last_login.isoformat() if user.last_login else ""
