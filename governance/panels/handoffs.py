"""Hand-offs in words: a row of the board, what one of them says on its page, and on the pages of its touchpoints."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxhub.web.marks import MARKS
from governance.models import HandOff, HandOffWord
from governance.queries import handoff_board, handoff_words, handoffs
from governance.queries.handoff_board import Row
from governance.queries.handoffs import MISSING, Measured, Side, Standing
from insights.queries import names
from journeys.models import Touchpoint
from journeys.registry import Panel
from orgs import access
from orgs.permissions import Permission

MAPS_NAMED = 2
HISTORY = {
    "touchpoint.handoff_propose": gettext_lazy("%(who)s wrote the hand-off %(handoff)s"),
    "touchpoint.handoff_change": gettext_lazy("%(who)s changed the hand-off %(handoff)s"),
    "touchpoint.handoff_agree": gettext_lazy("%(who)s agreed to the hand-off %(handoff)s for %(department)s"),
    "touchpoint.handoff_object": gettext_lazy("%(who)s did not agree to the hand-off %(handoff)s: “%(reason)s”"),
    "touchpoint.handoff_end": gettext_lazy("%(who)s ended the hand-off %(handoff)s: “%(reason)s”"),
}


def may_write(request: HttpRequest, giver: Touchpoint, taker: Touchpoint) -> bool:
    """Say whether the person may write what is agreed on: whoever may edit one of the two touchpoints."""
    member = request.member  # type: ignore[attr-defined]
    return any(access.may(member, Permission.TOUCHPOINT_EDIT, each) for each in (giver, taker))


def row(request: HttpRequest, found: Row) -> dict[str, Any]:
    """Return one line of the board."""
    slug, standing = request.workspace.slug, found.standing  # type: ignore[attr-defined]
    is_open = standing is None and may_write(request, found.giver, found.taker)
    new = f"{reverse('handoff_new', args=[slug, found.giver.pk])}?to={found.taker.pk}"
    return {
        "giver": found.giver,
        "taker": found.taker,
        "giver_owner": _owner(found.giver),
        "taker_owner": _owner(found.taker),
        "status": handoffs.MARKS[found.state],
        "word": handoffs.STATES[found.state],
        "why": handoff_words.why(standing) if standing else _("Customers pass here, and nothing is agreed."),
        "limit": handoff_words.duration(standing.handoff.limit_minutes) if standing else "",
        "url": reverse("handoff", args=[slug, standing.handoff.pk]) if standing else "",
        "new_url": new if is_open else "",
        "maps": ", ".join(drawn.title for drawn, _step in found.maps[:MAPS_NAMED]),
        "more_maps": max(0, len(found.maps) - MAPS_NAMED),
    }


def measured(found: Measured) -> dict[str, Any]:
    """Return one of its numbers: what it tells, the figure, the limit, and its mark."""
    status = "no_data" if found.point is None else found.point.judged.status.value
    status = "off_target" if found.is_broken else status
    told = {"name": names.short(found.kpi), "status": status, "word": MARKS[status].word}
    return {"text": handoff_words.measured(found), **told}


def sides(request: HttpRequest, standing: Standing) -> list[dict[str, Any]]:
    """Return both sides as their page shows them, with whether the person speaks for them."""
    return [_shown(request, side) for side in standing.sides]


def load(request: HttpRequest, touchpoint: Touchpoint) -> Mapping[str, Any]:
    """Return what arrives at a touchpoint from other departments and what leaves to them, each with its agreement."""
    workspace = request.workspace  # type: ignore[attr-defined]
    rows = handoff_board.around(touchpoint, workspace=workspace, today=workspace.today)
    named: Sequence[tuple[str, Any, list[Row]]] = (
        ("arrives", _("Arrives from"), [each for each in rows if each.taker.pk == touchpoint.pk]),
        ("leaves", _("Leaves to"), [each for each in rows if each.giver.pk == touchpoint.pk]),
    )
    other = {"arrives": "giver", "leaves": "taker"}
    groups = [
        {"title": title, "rows": [{**row(request, each), "other": getattr(each, other[key])} for each in found]}
        for key, title, found in named
    ]
    may = access.may(request.member, Permission.TOUCHPOINT_EDIT, touchpoint) and not touchpoint.archived_at  # type: ignore[attr-defined]
    new = reverse("handoff_new", args=[workspace.slug, touchpoint.pk])
    return {
        "groups": groups,
        "is_empty": not rows,
        "missing": sum(each.state == MISSING for each in rows),
        "new_url": new if may else "",
        "board_url": reverse("handoffs", args=[workspace.slug]),
    }


def words_of(handoff: HandOff) -> list[dict[str, Any]]:
    """Return what was said of it, the newest first."""
    return [_said(word, handoff) for word in handoff.words.all()]


def _said(word: HandOffWord, handoff: HandOff) -> dict[str, Any]:
    told = {"who": word.by, "department": word.department, "reason": word.reason}
    sentence = _("%(who)s agreed for %(department)s") if word.is_agreed else _("%(who)s, %(department)s: “%(reason)s”")
    return {"text": sentence % told, "at": word.at, "is_past": word.terms != handoff.terms}


def _shown(request: HttpRequest, side: Side) -> dict[str, Any]:
    mark = "off_target" if side.is_objected else "on_target" if side.is_agreed else "running"
    said = _("Does not agree") if side.is_objected else _("Agreed") if side.is_agreed else _("Has not said yet")
    department = side.department
    return {
        "title": HandOffWord.Side(side.side).label,
        "touchpoint": side.touchpoint,
        "owner": _owner(side.touchpoint),
        "status": mark if department else "off_target",
        "word": said if department else _("Nobody can agree: it has no owner"),
        "reason": side.word.reason if side.word else "",
        "by": side.word.by if side.word else "",
        "is_mine": department is not None and access.leads(request.member, department.pk),  # type: ignore[attr-defined]
        "is_agreed": side.is_agreed,
    }


def _owner(touchpoint: Touchpoint) -> str:
    return str(touchpoint.accountable_department) if touchpoint.is_owned else ""


PANEL = Panel("handoffs", "governance/_touchpoint_handoffs.html", 45, load)
