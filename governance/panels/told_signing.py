"""What notifications about reviews say."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.models import Addressee, Review
from governance.queries import audiences
from journeys.models import MapVersion
from orgs.models import Member, Notification
from orgs.registry import NotificationKind, Told


def sees(reader: Member) -> Exists:
    """Whoever is in the workspace reads its reviews, as long as the map is in use."""
    return Exists(Review.objects.filter(pk=OuterRef("thing_id"), map__archived_at=None))


def _kind(slug: str, label: Any, sentence: Any, **flags: Any) -> NotificationKind:
    def describe(held: list[Notification], reader: Member) -> dict[int, Told]:
        found = Review.objects.select_related("map").in_bulk({one.thing_id for one in held})
        return {one.pk: _told(one, found[one.thing_id], sentence, reader) for one in held if one.thing_id in found}

    return NotificationKind(slug, label, sees, describe, **flags)


def _told(one: Notification, review: Review, sentence: Any, reader: Member) -> Told:
    path = reverse("map_review", args=[reader.workspace.slug, review.map_id])
    return Told(
        str(sentence) % {"who": one.by or "", "what": review.map},
        path,
        one.data.get("text", ""),
        (("map", review.map_id),),
    )


def sees_version(reader: Member) -> Exists:
    """Whoever is in the workspace reads its versions, as long as the map is in use."""
    return Exists(MapVersion.objects.filter(pk=OuterRef("thing_id"), map__archived_at=None))


def _shared(slug: str, label: Any, sentence: Any) -> NotificationKind:
    def describe(held: list[Notification], reader: Member) -> dict[int, Told]:
        rows = Addressee.objects.filter(member=reader, version__in={one.thing_id for one in held})
        found = {
            each.version_id: each for each in rows.select_related("note", "version__map").defer("version__document")
        }
        return {one.pk: _told_of(one, found[one.thing_id], sentence, reader) for one in held if one.thing_id in found}

    return NotificationKind(slug, label, sees_version, describe, is_task=True)


def _told_of(one: Notification, row: Addressee, sentence: Any, reader: Member) -> Told:
    path = reverse("version_readers", args=[reader.workspace.slug, row.version_id])
    why = " · ".join(audiences.to_reader(row.why))
    words = str(sentence) % {"who": one.by or "", "what": row.version.map, "n": row.version.number}
    about = (("map", row.version.map_id),)
    return Told(f"{words}. {why}." if why else words, path, row.note.text[:QUOTED], about)


QUOTED = 240
KINDS = [
    _shared(
        "version.shared",
        _("A new version of a map that I need"),
        _("%(who)s tells you of version %(n)d of %(what)s"),
    ),
    _shared(
        "version.reminder",
        _("I have not acknowledged a version yet"),
        _("%(who)s asks you to read version %(n)d of %(what)s"),
    ),
    _kind(
        "review.changes",
        _("A sponsor asks for changes before signing off"),
        _("%(who)s asks for changes on %(what)s before signing it off"),
        is_task=True,
    ),
    _kind(
        "review.signed",
        _("A sponsor signs a review off"),
        _("%(who)s signed off %(what)s"),
        in_chats=_("A sponsor signs a review off"),
    ),
    _kind(
        "endorsement.asked",
        _("I am asked to endorse a map"),
        _("%(who)s signed off %(what)s, and you are asked to endorse it too"),
        is_task=True,
    ),
]
