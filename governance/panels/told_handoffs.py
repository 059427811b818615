"""What notifications about hand-offs say: one is to be agreed to, or somebody answered."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.models import HandOff, HandOffWord
from governance.services.handoffs import ANSWERED, ASKED
from orgs.models import Member, Notification
from orgs.registry import NotificationKind, Told


def sees(member: Member) -> Exists:
    """Whoever is in the workspace."""
    return Exists(HandOff.objects.filter(pk=OuterRef("thing_id")))


def asked(held: list[Notification], reader: Member) -> dict[int, Told]:
    """Say who wants the reader's department to agree to what."""
    words = gettext_lazy("%(who)s asks your department to agree to the hand-off %(handoff)s")
    return _told(held, reader, lambda one, found: (words, found.trigger, {}))


def answered(held: list[Notification], reader: Member) -> dict[int, Told]:
    """Say what a department answered, or that it was ended."""
    pks = {one.data.get("word") for one in held} - {None}
    said = HandOffWord.objects.select_related("department").in_bulk(pks)
    return _told(held, reader, lambda one, found: _answer(found, said.get(one.data.get("word"))))


def _answer(found: HandOff, word: HandOffWord | None) -> tuple[Any, str, dict[str, Any]]:
    if word is None:
        return _("%(who)s ended the hand-off %(handoff)s"), found.end_reason, {}
    agreed, refused = (
        _("%(department)s agreed to the hand-off %(handoff)s"),
        _("%(department)s did not agree to the hand-off %(handoff)s"),
    )
    return agreed if word.is_agreed else refused, word.reason, {"department": word.department}


def _told(held: list[Notification], reader: Member, say: Any) -> dict[int, Told]:
    rows = HandOff.objects.select_related("giver", "taker").in_bulk({one.thing_id for one in held})
    said = {}
    for one in held:
        if found := rows.get(one.thing_id):
            sentence, quote, more = say(one, found)
            path = reverse("handoff", args=[reader.workspace.slug, found.pk])
            about = (("touchpoint", found.giver_id), ("touchpoint", found.taker_id))
            said[one.pk] = Told(str(sentence) % {"who": one.by or "", "handoff": found, **more}, path, quote, about)
    return said


KINDS = [
    NotificationKind(ASKED, gettext_lazy("My department is asked to agree to a hand-off"), sees, asked, is_task=True),
    NotificationKind(ANSWERED, gettext_lazy("A hand-off of my department is answered"), sees, answered),
]
