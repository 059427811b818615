"""Invites people: by address with a letter, or by a link to pass on. Tokens are stored hashed and shown once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from cxhub.lib import jobs
from orgs import tokens
from orgs.models import Department, Invitation, Member
from orgs.roles import DEPARTMENT_ROLES, Role
from orgs.scope import workspace_id
from orgs.services import audit
from orgs.services.members import RoleNeedsDepartment

DAYS = 14
LETTERS_AN_HOUR = 500
LETTER_AGAIN_AFTER = timedelta(minutes=1)
WITHOUT_MAIL = ("console", "dummy")


class AlreadyInWorkspace(ValueError):
    """The address belongs to a current member."""


class TooManyLetters(ValueError):
    """The workspace, or one address, got as many letters as may go out for now."""


class InvitationIsOver(ValueError):
    """The invitation was used, withdrawn, or has expired."""


@dataclass(frozen=True)
class Invited:
    invitation: Invitation
    token: str  # "" when it goes by letter: then nobody but the addressee sees it


def sends_letters() -> bool:
    """Whether mail leaves this installation. Without it, links are shown to be passed on by hand."""
    return not any(f".backends.{name}." in settings.EMAIL_BACKEND for name in WITHOUT_MAIL)


@transaction.atomic
def invite(
    *, email: str, role: Role, by: Member, now: datetime, site: str, name: str = "", note: str = "", place: str = "",
    department: Department | None = None, through: Invitation | None = None,
) -> Invited:  # fmt: skip
    """Invite one address; an open invitation of it is withdrawn. Raises AlreadyInWorkspace, TooManyLetters,
    RoleNeedsDepartment.
    """
    email = email.strip().lower()
    if Member.objects.current().filter(user__email=email).exists():
        raise AlreadyInWorkspace(_("%(email)s is a member already.") % {"email": email})
    earlier = Invitation.objects.select_for_update(of=("self",)).filter(
        email=email, revoked_at=None, uses=0, through=through
    )
    for one in list(earlier):
        _check_pace(one, now)
        revoke(invitation=one, by=by, now=now)
    origin = _("Link %(id)d") % {"id": through.pk} if through else ""
    words = {"email": email, "name": name, "through": through, "expires_at": now + timedelta(days=DAYS)}
    return _make(words, role, department, place, note, site, by, now, origin)


@transaction.atomic
def make_link(
    *, role: Role, most_uses: int | None, by: Member, now: datetime, site: str, days: int = DAYS, note: str = "",
    place: str = "", department: Department | None = None,
) -> Invited:  # fmt: skip
    """Make a link for whoever gets it; `most_uses` None lets any number of people join. Raises RoleNeedsDepartment."""
    words = {"most_uses": most_uses, "expires_at": now + timedelta(days=days)}
    return _make(words, role, department, place, note, site, by, now)


@transaction.atomic
def renew(*, invitation: Invitation, by: Member, now: datetime) -> Invited:
    """Give an invitation a new token and new days; the old link stops. Raises InvitationIsOver, TooManyLetters."""
    locked = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if locked.revoked_at or locked.is_used_up:
        raise InvitationIsOver(_("This invitation was used or withdrawn. Invite the person again."))
    _check_pace(locked, now)
    locked.expires_at = now + timedelta(days=DAYS)
    token = _address(locked, now)
    locked.save()
    audit.record("invitation.renew", locked, by=by, after={"expires_at": locked.expires_at.isoformat()})
    return Invited(locked, token)


@transaction.atomic
def revoke(*, invitation: Invitation, by: Member, now: datetime) -> None:
    """Withdraw an invitation: its link stops at once."""
    if Invitation.objects.filter(pk=invitation.pk, revoked_at=None).update(revoked_at=now):
        audit.record("invitation.revoke", invitation, by=by, after={"revoked": True})


def _make(
    words: dict[str, Any], role: Role, department: Department | None, place: str, note: str, site: str,
    by: Member, now: datetime, origin: str = "",
) -> Invited:  # fmt: skip
    if role in DEPARTMENT_ROLES and department is None:
        raise RoleNeedsDepartment(_("Choose a department for the role %(role)s.") % {"role": role.label})
    held = department if role in DEPARTMENT_ROLES else None
    made = Invitation(role=role, department=held, place=place, note=note, site=site, created_by=by, **words)
    token = _address(made, now)
    made.save()
    after = {"role": role, "department": str(held or ""), "uses": made.most_uses, "place": place}
    audit.record("invitation.make", made, by=by, after=after, origin=origin)
    if made.letter_wanted_at:
        jobs.wake("orgs.tasks.send_letter", workspace_id=made.workspace_id, invitation_id=made.pk)
    return Invited(made, token)


def _address(invitation: Invitation, now: datetime) -> str:
    """Say how the invitation goes out: by a letter that gets its token as it is written, or by a token told now."""
    if not (invitation.email and sends_letters()):
        token = tokens.new(workspace_id())
        invitation.token_hash = tokens.hashed(token)
        invitation.letter_wanted_at = None
        return token
    wanted = Invitation.objects.filter(letter_wanted_at__gt=now - timedelta(hours=1)).count()
    if wanted >= LETTERS_AN_HOUR:
        raise TooManyLetters(_("%(n)d letters went out in the last hour. Go on in an hour.") % {"n": wanted})
    invitation.token_hash, invitation.letter_wanted_at, invitation.letter_sent_at = "", now, None
    if invitation.pk:
        jobs.wake("orgs.tasks.send_letter", workspace_id=invitation.workspace_id, invitation_id=invitation.pk)
    return ""


def _check_pace(invitation: Invitation, now: datetime) -> None:
    if invitation.letter_wanted_at and now - invitation.letter_wanted_at < LETTER_AGAIN_AFTER:
        raise TooManyLetters(
            _("A letter to %(email)s is less than a minute old. Wait, then send it again.")
            % {"email": invitation.email}
        )
