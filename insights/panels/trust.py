"""Who stands behind each KPI of a touchpoint's page, and what the person may do about it there."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insights.models import Dispute, Kpi
from insights.queries import disputes
from insights.services.trust import definition_of
from orgs import access
from orgs.panels import comments
from orgs.permissions import Permission

OUTCOMES = [
    (Dispute.Outcome.UPHELD.value, gettext_lazy("Upheld: the number is not right")),
    (Dispute.Outcome.CHANGED.value, gettext_lazy("Changed: it was put right")),
    (Dispute.Outcome.DISMISSED.value, gettext_lazy("Dismissed: the number stands")),
]


def of_kpis(
    request: HttpRequest, kpis: Sequence[Kpi], *, may_edit: bool, with_comments: bool = True
) -> dict[int, dict[str, Any]]:
    """Return per KPI id what insights/_trust.html needs; no link to the comments where they stand on the page."""
    threads = disputes.of_kpis([kpi.pk for kpi in kpis])
    may_dispute = access.may(request.member, Permission.KPI_DISPUTE)  # type: ignore[attr-defined]
    links = comments.count_link(request, "kpi", [kpi.pk for kpi in kpis]) if with_comments else {}
    return {
        kpi.pk: _of(request, kpi, threads[kpi.pk], may_edit, may_dispute) | {"comments": links.get(kpi.pk)}
        for kpi in kpis
    }


def _of(request: HttpRequest, kpi: Kpi, held: list[Dispute], may_edit: bool, may_dispute: bool) -> dict[str, Any]:
    is_owner = kpi.owner_id == request.member.pk  # type: ignore[attr-defined]
    slug = request.workspace.slug  # type: ignore[attr-defined]
    is_disputed = kpi.standing == Kpi.Trust.DISPUTED
    return {
        "sentence": _sentence(request, kpi),
        "definition": definition_of(kpi),
        "disputes": held,
        "outcomes": OUTCOMES,
        "is_owner": is_owner,
        "may_certify": is_owner and kpi.standing == Kpi.Trust.UNCONFIRMED,
        "may_dispute": may_dispute,
        "may_open": may_dispute and not is_disputed,
        "owner_url": reverse("kpi_owner", args=[slug, kpi.pk]) if may_edit else "",
    }


def _sentence(request: HttpRequest, kpi: Kpi) -> str:
    """Say who certified it when, or what is missing."""
    if kpi.standing == Kpi.Trust.DISPUTED:
        return _("Somebody says that this number is not right.")
    if kpi.certified_at and kpi.standing == Kpi.Trust.CERTIFIED:
        day = kpi.certified_at.astimezone(request.workspace.tzinfo)  # type: ignore[attr-defined]
        words = {"who": str(kpi.certified_by), "day": date_format(day, "j M Y")}
        return _("%(who)s certified this number on %(day)s.") % words
    if kpi.certified_at:
        return _("The definition or the source has changed since %(who)s certified it.") % {"who": kpi.certified_by}
    if kpi.owner_id:
        return _("Its owner has not certified it yet.")
    return _("Nobody owns this number yet, so nobody can certify it.")
