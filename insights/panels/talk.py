"""Comments on KPIs, and what notifications about disputes say."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from insights.models import Dispute, Kpi
from insights.panels import subjects
from orgs.access import may
from orgs.models import Member, Notification
from orgs.permissions import Permission
from orgs.registry import Commentable, NotificationKind, Told


def _rows() -> Any:
    return Kpi.objects.select_related("touchpoint", "stage", "map")


KPIS = Commentable(
    "kpi",
    _("KPI"),
    rows=_rows,
    permission=Permission.WORKSPACE_READ,
    label=subjects.name,
    owner_ids=lambda kpi: [kpi.owner_id] if kpi.owner_id else [],
    page_url=subjects.url,
    comments_url_name="kpi_comments",
    is_on_page=True,
)


def sees(member: Member) -> Any:
    """All who read the workspace read its disputes."""
    if not may(member, Permission.WORKSPACE_READ):
        return Q(pk__in=[])
    return Exists(Dispute.objects.filter(pk=OuterRef("thing_id")))


def _sayer(sentence: Any, quoted: Callable[[Dispute, Notification], str]) -> Any:
    def describe(held: list[Notification], reader: Member) -> dict[int, Told]:
        rows = Dispute.objects.select_related("kpi__touchpoint", "kpi__stage", "kpi__map")
        found = rows.in_bulk({each.thing_id for each in held})
        return {
            each.pk: Told(
                str(sentence) % {"who": each.by or "", "what": subjects.name(found[each.thing_id].kpi)},
                f"{subjects.url(reader.workspace.slug, found[each.thing_id].kpi)}#trust",
                quoted(found[each.thing_id], each),
                (("kpi", found[each.thing_id].kpi_id),),
            )
            for each in held
            if each.thing_id in found
        }

    return describe


def _outcome(dispute: Dispute, _notification: Notification) -> str:
    return f"{dispute.get_outcome_display()}. {dispute.outcome_words}"


NOTIFICATIONS = [
    NotificationKind(
        "dispute.opened",
        _("Somebody disputes a number of mine"),
        sees,
        _sayer(_("%(who)s disputes %(what)s"), lambda dispute, _one: dispute.reason),
        is_task=True,
        in_chats=_("A number is disputed"),
    ),
    NotificationKind(
        "dispute.reply",
        _("Somebody replies in a dispute"),
        sees,
        _sayer(_("%(who)s replied in the dispute of %(what)s"), lambda _dispute, one: str(one.data.get("text", ""))),
    ),
    NotificationKind(
        "dispute.outcome",
        _("A dispute of mine has its outcome"),
        sees,
        _sayer(_("%(who)s ended the dispute of %(what)s"), _outcome),
        in_chats=_("A dispute has its outcome"),
    ),
]
