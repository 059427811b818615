"""Joining a workspace by an invitation."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cxhub.lib import mail
from orgs.models import Invitation, Member, User
from orgs.roles import Role
from orgs.services import audit, members
from orgs.services.invitations import InvitationIsOver


class ForAnotherAddress(ValueError):
    """The invitation is bound to an address that is not the person's."""


@transaction.atomic
def join(*, invitation: Invitation, user: User, now: datetime) -> Member:
    """Make the person a member in the invitation's role; one who is a member already stays as is.

    Raises InvitationIsOver, ForAnotherAddress.
    """
    known = Member.objects.current().filter(user=user).first()
    if known:
        return known
    chain = _locked(invitation)
    if not all(one.is_open_at(now) for one in chain):
        raise InvitationIsOver(_("This invitation does not work any more. Ask for a new one."))
    if not mail.reaches(user.email):
        raise ForAnotherAddress(
            _("You look at an example as a made-up person, who joins nothing. Sign in as yourself.")
        )
    if invitation.email and invitation.email != user.email.lower():
        raise ForAnotherAddress(_("This invitation is for another address than the one you are signed in with."))
    member = members.add(user=user, roles=[(Role(invitation.role), invitation.department)], by=None)
    for one in chain:
        one.uses += 1
        one.save(update_fields=["uses"])
        audit.record("invitation.use", one, by=member, after={"uses": one.uses})
    return member


@transaction.atomic
def open_account(*, invitation: Invitation, email: str, name: str, password: str, now: datetime) -> User | None:
    """Make an account for somebody new, or return None when the address has one: that person signs in instead."""
    clean = (invitation.email or email).strip().lower()
    if User.objects.filter(email=clean).exists():
        return None
    return User.objects.create_user(clean, password, name=" ".join(name.split()))


def _locked(invitation: Invitation) -> list[Invitation]:
    """The invitation and the link it came through, the link first: everybody locks them in the same order."""
    ids = [pk for pk in (invitation.through_id, invitation.pk) if pk]
    found = Invitation.objects.select_for_update(of=("self",)).in_bulk(ids)
    return [found[pk] for pk in sorted(found)]
