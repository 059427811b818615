"""The picture of a step: shown large, chosen, described, removed and put back; and the picture itself."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import trigger_client_event

from cxhub.web import drawer
from journeys.models import MapLane, Picture, Step
from journeys.queries import cells
from journeys.queries.lanes import Row
from journeys.services import cells as service
from journeys.services import pictures
from journeys.services.structures import MapIsArchived
from journeys.views import cells_signed, recovered
from journeys.views import map_cell_parts as parts
from journeys.views.cells_signed import late
from journeys.views.outline import number
from journeys.views.touchpoint_page_fields import token_of
from orgs import access
from orgs.permissions import Permission

TEMPLATE = "journeys/map_picture.html"


@dataclass(frozen=True)
class Asked:
    """What a form sent: the name of a picture that is kept, what is to be seen, and the version of the cell it saw."""

    sha256: str = ""
    alt: str = ""
    version: int = 0
    problem: str = ""

    @property
    def text(self) -> str:
        return f"{self.sha256}\n{self.alt}" if self.sha256 else ""


@require_http_methods(["GET", "HEAD", "POST"])
def cell(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """Show the picture of a step with, for editors, its form; keep what was sent."""
    if request.method == "POST" and (where := late(request)):
        return recovered.keep(request, where, pk, step)
    right = Permission.MAP_EDIT if request.method == "POST" else Permission.WORKSPACE_READ
    lane = access.load(request, MapLane.objects.select_related("map"), pk, right)
    there = cells.step_of(lane, step)
    row = cells.row(lane, there) if there else None
    if there is None or row is None or row.kind.picture is None:  # type: ignore[union-attr]
        raise Http404
    if request.method == "POST":
        return _saved(request, row, there)
    return _shown(request, row, there)


@require_safe
def picture(request: HttpRequest, sha256: str) -> HttpResponse:
    """Give a picture of this workspace. A browser takes it for nothing else, and may keep it: its name is its hash."""
    access.require(request, Permission.WORKSPACE_READ)
    found = Picture.objects.filter(sha256=sha256).first()
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found.data), content_type=found.content_type)
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    return response


def _saved(request: HttpRequest, row: Row, step: Step) -> HttpResponse:
    asked = _asked(request)
    if asked.problem:
        return _shown(request, row, step, asked, status=422)
    version = max(number(request, "version"), 0)
    told: dict[str, Any] = {"version": version, "by": request.member, "token": token_of(request)}  # type: ignore[attr-defined]
    try:
        saved = service.write(lane=row.kept, step=step, text=asked.text, **told)  # type: ignore[arg-type]
    except service.CellChanged as changed:
        mine = Asked(
            asked.sha256,
            asked.alt,
            changed.cell.version,
            _("Somebody changed this meanwhile. Save again to keep yours."),
        )
        return _shown(request, parts.with_cell(row, changed.cell), step, mine, status=409)
    except service.CellIsGone:
        where = late(request)
        if where is None:
            raise Http404 from None
        return recovered.keep(request, where, row.kept.pk, step.pk)  # type: ignore[union-attr]
    except (service.BadText, MapIsArchived) as refused:
        return _shown(request, row, step, Asked(asked.sha256, asked.alt, version, str(refused)), status=422)
    if asked.text:
        answer = drawer.done(request, _("Saved."), parts.page_url(request, row, step))
    else:
        answer = _shown(request, parts.with_cell(row, saved.cell), step, removed=parts.kept_at(row, step))
    return trigger_client_event(answer, "map-changed", {"focus": f"cell-{row.kept.pk}-{step.pk}"})  # type: ignore[union-attr]


def _asked(request: HttpRequest) -> Asked:
    """Read the form; a picture is kept before anything else can go wrong, so that nobody has to choose it twice."""
    sha256, alt = (request.POST.get(name, "").replace("\0", "") for name in ("picture", "alt"))
    alt = " ".join(alt.split())
    version = max(number(request, "version"), 0)
    if request.POST.get("remove"):
        return Asked(version=version)
    try:
        given = request.FILES.get("file")
        sha256 = pictures.keep(given.read(pictures.MOST_MB * 1024 * 1024 + 1)).sha256 if given else sha256
    except pictures.BadPicture as bad:
        return Asked(sha256, alt, version, str(bad))
    if not Picture.objects.filter(sha256=sha256).exists():
        return Asked("", alt, version, _("Choose a picture."))
    problem = "" if alt else _("Say what is to be seen: those who cannot see the picture hear this.")
    return Asked(sha256, alt, version, problem)


def _shown(
    request: HttpRequest, row: Row, step: Step, asked: Asked | None = None, *, removed: str = "", status: int = 200
) -> HttpResponse:
    """The picture as it is, with the form as it was sent, and after a removal the way back."""
    found = row.kind.picture(parts.kept_at(row, step))  # type: ignore[union-attr,misc]
    back = row.kind.picture(removed)  # type: ignore[union-attr,misc]
    cell, now = row.cells.get(step.pk), found or ("", "")
    form = asked or Asked(*now, version=cell.version if cell else 0)
    slug, drawn = request.workspace.slug, row.kept.map  # type: ignore[attr-defined,union-attr]
    context = {
        "title": parts.label(row, step),
        "crumbs": [{"label": drawn.title, "url": reverse("map", args=[slug, drawn.pk])}],
        "src": reverse("picture", args=[slug, now[0]]) if found else "",
        "alt": now[1],
        "form": form if parts.may_edit(request, drawn) else None,
        "chosen_src": reverse("picture", args=[slug, form.sha256]) if form.sha256 not in {"", now[0]} else "",
        "back": {"sha256": back[0], "alt": back[1]} if back else None,
        "token": secrets.token_urlsafe(12),
        "of": cells_signed.sign(row, step),
        "most_mb": pictures.MOST_MB,
    }
    return drawer.show(request, TEMPLATE, context, status=status)
