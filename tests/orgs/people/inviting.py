"""What the tests of invitations share: making one, and the path of its link."""

from datetime import timedelta

from django.utils import timezone

from orgs.roles import Role
from orgs.services import invitations

SITE = "http://testserver"
GOOD = "a long enough secret"


def link(world, *, most_uses=1, role=Role.VIEWER, ago=timedelta(0), **fields):
    with world.inside():
        made = invitations.make_link(
            role=role, most_uses=most_uses, by=world.ada, now=timezone.now() - ago, site=SITE, **fields
        )
    return made.invitation, f"/join/{made.token}/"


def bound(world, email, settings, *, role=Role.VIEWER, **fields):
    """An invitation of one address whose link is shown, since no mail is sent."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    with world.inside():
        made = invitations.invite(email=email, role=role, by=world.ada, now=timezone.now(), site=SITE, **fields)
    return made.invitation, f"/join/{made.token}/"
