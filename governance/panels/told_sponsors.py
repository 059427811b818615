"""What notifications about sponsorship say: it is offered, that was answered, or a sponsor has gone quiet."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.models import Handover
from governance.queries.sponsors import QUIET
from governance.services.handovers import ANSWERED, OFFERED
from journeys.models import Map
from orgs.models import Member, Notification
from orgs.registry import NotificationKind, Told

GONE_QUIET, NOBODY = _("The sponsor of %(map)s has gone quiet"), _("Nobody sponsors %(map)s")
ANSWERS = {
    Handover.Answer.ACCEPTED: _("%(to)s sponsors %(map)s now"),
    Handover.Answer.DECLINED: _("%(to)s does not sponsor %(map)s"),
    Handover.Answer.WITHDRAWN: _("%(who)s took back that you sponsor %(map)s"),
}


def sees_handover(member: Member) -> Exists:
    """Whoever is in the workspace, as long as the map is in use."""
    return Exists(Handover.objects.filter(pk=OuterRef("thing_id"), map__archived_at=None))


def sees_map(member: Member) -> Exists:
    return Exists(Map.objects.current().filter(pk=OuterRef("thing_id")))


def offered(held: list[Notification], reader: Member) -> dict[int, Told]:
    """Say who wants the reader to sponsor what."""
    return _told(held, reader, lambda one, found: (_("%(who)s asks you to sponsor %(map)s"), found.note))


def answered(held: list[Notification], reader: Member) -> dict[int, Told]:
    """Say what came of an offer; nothing while it waits."""
    return _told(held, reader, lambda one, found: (ANSWERS.get(found.answer), found.reason))


def quiet(held: list[Notification], reader: Member) -> dict[int, Told]:
    """Say which map withers, and by what sign."""
    found = Map.objects.in_bulk({one.thing_id for one in held})
    said = {}
    for one in held:
        if drawn := found.get(one.thing_id):
            path = reverse("map_sponsor", args=[reader.workspace.slug, drawn.pk])
            words = GONE_QUIET if one.data.get("has_sponsor") else NOBODY
            quote = " ".join(one.data.get("why", []))
            said[one.pk] = Told(str(words) % {"map": drawn}, path, quote, (("map", drawn.pk),))
    return said


def _told(held: list[Notification], reader: Member, say: Any) -> dict[int, Told]:
    rows = Handover.objects.select_related("map", "to__user").in_bulk({one.thing_id for one in held})
    said = {}
    for one in held:
        found = rows.get(one.thing_id)
        sentence, quote = say(one, found) if found else (None, "")
        if found and sentence:
            words = {"who": one.by or "", "to": found.to, "map": found.map}
            path = reverse("map_sponsor", args=[reader.workspace.slug, found.map_id])
            said[one.pk] = Told(str(sentence) % words, path, quote, (("map", found.map_id),))
    return said


KINDS = [
    NotificationKind(OFFERED, _("Somebody asks me to sponsor a map"), sees_handover, offered, is_task=True),
    NotificationKind(ANSWERED, _("A sponsorship I know of is answered"), sees_handover, answered),
    NotificationKind(QUIET, _("The sponsor of a map of mine goes quiet"), sees_map, quiet),
]
