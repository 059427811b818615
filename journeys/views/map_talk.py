"""Comments on the cells of a map: the threads of one cell, the way to them, and how many are open in each."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from cxhub.web.asked import asked
from journeys.models import Map, MapSpot, Step
from journeys.queries import lanes, maps, spots
from journeys.queries.lanes import Row
from journeys.queries.maps import StepColumn
from journeys.services import spots as service
from orgs import access
from orgs.models import Comment
from orgs.panels.comments import may_write
from orgs.permissions import Permission
from orgs.queries import comments as found
from orgs.views import comments


@require_http_methods(["GET", "HEAD", "POST"])
def cell(request: HttpRequest, pk: int, key: str, step: int) -> HttpResponse:
    """Show the threads about a cell, or begin one; it may be the first, of a cell in which nothing is stored."""
    drawn, row, at = _found(request, pk, key, step)
    spot = spots.at(drawn, row, at)
    if request.method == "POST":
        access.require(request, Permission.COMMENT_WRITE)
        spot = service.hold(drawn=drawn, row=row, step=at)
    if spot is not None:
        return comments.index(request, pk=spot.pk, subject_type="mapspot")
    back = {"label": drawn.title, "url": reverse("map", args=[_slug(request), drawn.pk])}
    unsaved = MapSpot(map=drawn, lane_name=row.name, step_name=at.name)
    return comments.nothing_yet(request, unsaved, url=request.path, back=back)


@require_safe
def go(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the threads of the cell that was chosen by its lane and step."""
    step = asked(request, "step")
    drawn, row, at = _found(request, pk, asked(request, "lane"), int(step) if step.isdecimal() else 0)
    return redirect("map_cell_comments", _slug(request), drawn.pk, row.key, at.pk)


def links(request: HttpRequest, drawn: Map, row: Row, steps: list[StepColumn]) -> dict[int, dict[str, Any]]:
    """Return per step the link to the threads of a cell: of every cell for those who write, else where any is open."""
    counts, writes = spots.open_in(drawn.told_spots, row), may_write(request)  # type: ignore[attr-defined]
    args = [_slug(request), drawn.pk, row.key, 0]
    url = reverse("map_cell_comments", args=args).removesuffix("0/comments/")
    return {
        step.pk: {
            "id": f"talk-{row.key}-{step.pk}",
            "url": f"{url}{step.pk}/comments/?threads=1",
            "count": counts.get(step.pk, ""),
            "label": _label(row, step, counts.get(step.pk, 0)),
        }
        for step in steps
        if step.pk and (writes or step.pk in counts)
    }


def opened(request: HttpRequest, drawn: Map) -> str:
    """Return the address of the threads with the comment that `?c=` names, "" for none about this map."""
    number = asked(request, "c")
    if not (number.isascii() and number.isdigit() and len(number) < 13):
        return ""
    comment = found.readable(request.member).filter(pk=int(number)).first()  # type: ignore[attr-defined]
    return _url_of(request, drawn, comment) if comment else ""


def _url_of(request: HttpRequest, drawn: Map, comment: Comment) -> str:
    names = {"map": "map_comments", "mapspot": "map_spot_comments"}
    is_here = {
        "map": comment.subject_id == drawn.pk,
        "mapspot": MapSpot.objects.filter(pk=comment.subject_id, map=drawn).exists(),
    }
    if not is_here.get(comment.subject_type):
        return ""
    url = reverse(names[comment.subject_type], args=[_slug(request), comment.subject_id])
    return f"{url}?threads=1&c={comment.pk}#c-{comment.pk}"


def _label(row: Row, step: StepColumn, count: int) -> str:
    words = {"lane": row.name, "step": step.name, "n": count}
    if not count:
        return _("Comment on %(lane)s at %(step)s") % words
    text = ngettext("%(n)d open thread on %(lane)s at %(step)s", "%(n)d open threads on %(lane)s at %(step)s", count)
    return text % words


def _found(request: HttpRequest, pk: int, key: str, step: int) -> tuple[Map, Row, Step]:
    drawn: Map = access.load(request, maps.to_draw(), pk, Permission.WORKSPACE_READ)
    row = lanes.find(lanes.rows(drawn), key)
    at = Step.objects.filter(stage__map=drawn, pk=step).first()
    if row is None or at is None:
        raise Http404
    return drawn, row, at


def _slug(request: HttpRequest) -> str:
    slug: str = request.workspace.slug  # type: ignore[attr-defined]
    return slug
