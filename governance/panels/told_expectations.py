"""What the notification of a failed expectation says."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.models import Expectation, ExpectationCheck
from governance.services.checking import FAILED
from orgs.models import Member, Notification
from orgs.registry import NotificationKind, Told


def sees(member: Member) -> Exists:
    """Whoever is in the workspace."""
    return Exists(Expectation.objects.filter(pk=OuterRef("thing_id")))


def failed(held: list[Notification], reader: Member) -> dict[int, Told]:
    """Say what was expected of which touchpoint, and what was found."""
    rows = Expectation.objects.select_related("touchpoint").in_bulk({one.thing_id for one in held})
    checks = ExpectationCheck.objects.in_bulk({one.data.get("check") for one in held} - {None})
    return {
        one.pk: _told(rows[one.thing_id], checks.get(one.data.get("check")), reader)
        for one in held
        if one.thing_id in rows
    }


def _told(found: Expectation, check: ExpectationCheck | None, reader: Member) -> Told:
    words = _("%(touchpoint)s does not keep what is expected: %(expectation)s")
    text = words % {"touchpoint": found.touchpoint, "expectation": found.sentence}
    path = reverse("expectation", args=[reader.workspace.slug, found.pk])
    return Told(text, path, check.words if check else "", (("touchpoint", found.touchpoint_id),))


LABEL = gettext_lazy("A touchpoint I answer for, keep or designed fails what is expected of it")
IN_CHATS = gettext_lazy("A touchpoint fails what is expected of it")
KINDS = [NotificationKind(FAILED, LABEL, sees, failed, in_chats=IN_CHATS)]
