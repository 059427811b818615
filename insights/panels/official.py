"""The sources of one number side by side, and which one counts."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from insights.models import Kpi
from orgs import access
from orgs.permissions import Permission


def of(request: HttpRequest, kpis: Sequence[Kpi], cards: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """Return what insights/_sources.html needs of the KPIs of one number; None where there is one source only."""
    if len(kpis) < 2:
        return None
    may = access.may(request.member, Permission.KPI_OFFICIAL)  # type: ignore[attr-defined]
    slug = request.workspace.slug  # type: ignore[attr-defined]
    return {
        "sentence": _sentence(request, next((kpi for kpi in kpis if kpi.is_official), None)),
        "rows": [
            {
                "tile": card | {"id": f"source-{kpi.pk}", "name": kpi.source.name, "source_text": ""},
                "choose_url": reverse("kpi_official", args=[slug, kpi.pk]) if may and not kpi.is_official else "",
            }
            for kpi, card in zip(kpis, cards, strict=True)
        ],
    }


def _sentence(request: HttpRequest, chosen: Kpi | None) -> str:
    if chosen is None or chosen.official_at is None:
        return _("Nobody has decided yet which one counts. They are never averaged.")
    day = chosen.official_at.astimezone(request.workspace.tzinfo)  # type: ignore[attr-defined]
    words = {
        "source": chosen.source.name,
        "who": chosen.official_by,
        "day": date_format(day, "j M Y"),
        "reason": chosen.official_reason,
    }
    return _("%(source)s counts, as %(who)s decided on %(day)s: %(reason)s") % words
