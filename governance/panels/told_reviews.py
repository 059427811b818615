"""What notifications about reviews say, and how the page of a review words what was decided about it."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.queries import due
from governance.registry import say
from governance.services import reminders
from journeys.models import Map
from orgs.access import may
from orgs.models import Member, Notification
from orgs.permissions import Permission
from orgs.registry import NotificationKind, Told


def sees(member: Member) -> Any:
    """All who read the workspace read its maps, while they are in use."""
    if not may(member, Permission.WORKSPACE_READ):
        return Q(pk__in=[])
    return Exists(Map.objects.current().filter(pk=OuterRef("thing_id")))


def _sayer(sentence: Any, late: Any = None) -> Any:
    """Say it of each map, and otherwise once its day has come; the day in the words stays true whenever it is read."""

    def describe(held: list[Notification], reader: Member) -> dict[int, Told]:
        maps = Map.objects.in_bulk({each.thing_id for each in held})
        slug = reader.workspace.slug
        said = {}
        for each in held:
            if each.thing_id in maps:
                is_late = late is not None and each.data.get("days", 0) > 0
                words = {"who": each.by or "", "what": maps[each.thing_id], "day": _day(each)}
                path = reverse("map_review", args=[slug, each.thing_id])
                said[each.pk] = Told(
                    str(late if is_late else sentence) % words,
                    path,
                    each.data.get("note", ""),
                    (("map", each.thing_id),),
                )
        return said

    return describe


def _early(held: list[Notification], reader: Member) -> dict[int, Told]:
    """What called for the review, beside its day."""
    words = {each.pk: each.data for each in held}
    said = _sayer(_("The review of %(what)s is due early, on %(day)s"))(held, reader)
    return {pk: replace(told, quote=say(words[pk]["trigger"], words[pk]["words"])) for pk, told in said.items()}


def _owed(held: list[Notification], reader: Member) -> dict[int, Told]:
    """It leads to the one list in which all of one's records are confirmed, and from there back to the review."""
    said = _sayer(
        _("Confirm your records for the review of %(what)s, due on %(day)s"),
        _("The review of %(what)s, due on %(day)s, waits for your records"),
    )(held, reader)
    together = reverse("confirmations", args=[reader.workspace.slug])
    return {pk: replace(told, path=f"{together}?next={told.path}") for pk, told in said.items()}


def _day(one: Notification) -> str:
    return due.day(date.fromisoformat(one.data["due_on"]))


KINDS = [
    NotificationKind(
        reminders.DUE,
        _("A review that I do comes near, or is overdue"),
        sees,
        _sayer(_("The review of %(what)s is due on %(day)s"), _("The review of %(what)s was due on %(day)s")),
        is_task=True,
        in_chats=_("The review of a map comes near, or is overdue"),
    ),
    NotificationKind(
        reminders.EARLY,
        _("A review that I do is due before its day"),
        sees,
        _early,
        is_task=True,
        in_chats=_("The review of a map is due before its day"),
    ),
    NotificationKind(
        reminders.DECLINED,
        _("A review that I asked for is declined"),
        sees,
        _sayer(_("%(who)s declined an early review of %(what)s: it is due on %(day)s")),
    ),
    NotificationKind(
        reminders.LATE,
        _("The review of a map that I sponsor is overdue"),
        sees,
        _sayer(_("The review of %(what)s, which you sponsor, was due on %(day)s")),
        is_task=True,
    ),
    NotificationKind(
        reminders.OWED,
        _("A review waits for records of my department, or of mine"),
        sees,
        _owed,
        is_task=True,
    ),
    NotificationKind(
        reminders.NOBODYS,
        _("Nobody is there to review a map (administrators)"),
        sees,
        _sayer(_("Nobody is there to review %(what)s, due on %(day)s: name somebody")),
        is_task=True,
    ),
    NotificationKind(
        reminders.DELEGATED,
        _("Somebody delegates a review to me"),
        sees,
        _sayer(_("%(who)s asks you to review %(what)s, due on %(day)s")),
        is_task=True,
    ),
    NotificationKind(
        reminders.HANDED_BACK,
        _("A review that I delegated, or that falls to me, is handed back"),
        sees,
        _sayer(_("%(who)s handed back the review of %(what)s, due on %(day)s")),
    ),
    NotificationKind(
        reminders.TAKEN_BACK,
        _("A review delegated to me is taken back"),
        sees,
        _sayer(_("%(who)s took back the review of %(what)s: you need not do it")),
    ),
]
