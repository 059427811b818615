"""What notifications about offers and suggestions say, and how a history words them."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from journeys.fields import FIELDS
from journeys.models import Offer, Suggestion
from journeys.queries import offers
from orgs.models import Department, Member, Notification
from orgs.registry import NotificationKind, Told

Describe = Callable[[list[Notification], Member], dict[int, Told]]

HISTORY = {
    "touchpoint.claim": _("%(who)s claimed it for %(department)s"),
    "touchpoint.accept": _("%(who)s accepted it for %(department)s"),
    "touchpoint.decline": _("%(who)s declined it for %(department)s: “%(reason)s”"),
    "touchpoint.withdraw": _("%(who)s withdrew the offer to %(department)s"),
    "touchpoint.give_up": _("%(who)s gave it up for %(department)s: “%(reason)s”"),
    "touchpoint.involve": _("%(who)s made %(department)s %(role)s"),
    "touchpoint.release": _("%(who)s took a role from %(department)s: %(role)s"),
    "touchpoint.suggest": _("%(who)s suggested to change %(field)s to “%(suggested)s”"),
    "touchpoint.accept_suggestion": _("%(who)s accepted what %(author)s suggested for %(field)s"),
    "touchpoint.decline_suggestion": _("%(who)s declined what %(author)s suggested for %(field)s: “%(reason)s”"),
    "touchpoint.withdraw_suggestion": _("%(who)s withdrew a suggestion for %(field)s"),
}


def sees_offer(member: Member) -> Exists:
    """Whoever is in the workspace reads its offers, as long as the touchpoint is in use."""
    return Exists(Offer.objects.filter(pk=OuterRef("thing_id"), touchpoint__archived_at=None))


def sees_department(member: Member) -> Exists:
    return Exists(Department.objects.filter(pk=OuterRef("thing_id")))


def sees_suggestion(member: Member) -> Exists:
    return Exists(Suggestion.objects.filter(pk=OuterRef("thing_id"), touchpoint__archived_at=None))


def _about_offers(sentence: Any, quoted: str = "message") -> Describe:
    def describe(held: list[Notification], reader: Member) -> dict[int, Told]:
        found = offers.with_names().in_bulk({one.thing_id for one in held})
        slug = reader.workspace.slug
        said = {}
        for one in held:
            if offer := found.get(one.thing_id):
                words = {"who": one.by or "", "what": offer.touchpoint, "department": offer.department}
                path = reverse("offer", args=[slug, offer.pk])
                about = (("touchpoint", offer.touchpoint_id),)
                said[one.pk] = Told(str(sentence) % words, path, getattr(offer, quoted), about)
        return said

    return describe


def several(held: list[Notification], reader: Member) -> dict[int, Told]:
    """Say how many offers wait for a department now."""
    waits = Count("offers", filter=Q(offers__state=Offer.State.OPEN, offers__touchpoint__archived_at=None))
    found = Department.objects.annotate(waiting=waits).in_bulk({one.thing_id for one in held})
    url = reverse("unowned", args=[reader.workspace.slug])
    return {one.pk: _several(found[one.thing_id], url) for one in held if one.thing_id in found}


def _several(department: Any, url: str) -> Told:
    words = ngettext(
        "%(n)d touchpoint is offered to %(department)s",
        "%(n)d touchpoints are offered to %(department)s",
        department.waiting,
    )
    text = words % {"n": department.waiting, "department": department}
    return Told(text, f"{url}?why=offered&department={department.pk}")


def _about_suggestions(sentence: Any) -> Describe:
    def describe(held: list[Notification], reader: Member) -> dict[int, Told]:
        found = Suggestion.objects.select_related("touchpoint").in_bulk({one.thing_id for one in held})
        return {one.pk: _suggested(one, found[one.thing_id], sentence, reader) for one in held if one.thing_id in found}

    return describe


def _suggested(one: Notification, suggestion: Suggestion, sentence: Any, reader: Member) -> Told:
    field = FIELDS[suggestion.field]
    words = {"who": one.by or "", "field": field.named, "what": suggestion.touchpoint}
    quote = suggestion.reason if one.kind == "suggestion.declined" else field.words(suggestion.new)
    path = reverse("suggestion", args=[reader.workspace.slug, suggestion.pk])
    return Told(str(sentence) % words, path, quote[:240], (("touchpoint", suggestion.touchpoint_id),))


KINDS = [
    NotificationKind(
        "offer.made",
        _("A touchpoint is offered to my department"),
        sees_offer,
        _about_offers(_("%(who)s offered %(what)s to %(department)s")),
        is_task=True,
        in_chats=_("A touchpoint is offered to a department"),
    ),
    NotificationKind(
        "offer.several", _("Several touchpoints are offered to my department"), sees_department, several, is_task=True
    ),
    NotificationKind(
        "offer.accepted",
        _("A department accepts what I offered"),
        sees_offer,
        _about_offers(_("%(who)s accepted %(what)s for %(department)s"), "reason"),
        in_chats=_("A department accepts a touchpoint"),
    ),
    NotificationKind(
        "offer.declined",
        _("A department declines what I offered"),
        sees_offer,
        _about_offers(_("%(who)s declined %(what)s for %(department)s"), "reason"),
        in_chats=_("A department declines a touchpoint"),
    ),
    # Never a mail: a file can offer hundreds, and those who sponsor or oversee should not be flooded.
    NotificationKind(
        "offer.undecided",
        _("An offer waits too long"),
        sees_offer,
        _about_offers(_("%(department)s has not decided on %(what)s")),
        is_mailed=False,
        in_chats=_("An offer waits too long"),
    ),
    NotificationKind(
        "suggestion.made",
        _("Somebody suggests a change of what I keep"),
        sees_suggestion,
        _about_suggestions(_("%(who)s suggested a change of %(field)s on %(what)s")),
        is_task=True,
        in_chats=_("A change of a touchpoint is suggested"),
    ),
    NotificationKind(
        "suggestion.accepted",
        _("A suggestion of mine is accepted"),
        sees_suggestion,
        _about_suggestions(_("%(who)s accepted your suggestion for %(field)s on %(what)s")),
    ),
    NotificationKind(
        "suggestion.declined",
        _("A suggestion of mine is declined"),
        sees_suggestion,
        _about_suggestions(_("%(who)s declined your suggestion for %(field)s on %(what)s")),
    ),
]
