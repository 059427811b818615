"""What a map says about itself, from its title to its personas; and whether it is in use."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from journeys.forms.maps import ChangeForm
from journeys.models import Map
from journeys.queries import maps
from journeys.services import maps as changes
from journeys.services.names import BadName
from journeys.services.structures import MapIsArchived
from orgs import access
from orgs.permissions import Permission

PEOPLE = ("owner", "sponsor")


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the details; what somebody else changed meanwhile is shown beside yours."""
    drawn = access.load(request, maps.one(), pk, Permission.MAP_EDIT)
    form = ChangeForm(request.POST if request.method == "POST" else None, drawn=drawn, initial=_initial(drawn))
    theirs: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            changes.edit(drawn=drawn, by=request.member, **form.cleaned_data)  # type: ignore[attr-defined]
            return redirect("map", request.workspace.slug, drawn.pk)  # type: ignore[attr-defined]
        except (BadName, MapIsArchived) as wrong:
            form.add_error(None, str(wrong))
        except changes.MapChanged as conflict:
            drawn = conflict.theirs
            theirs = _differences(form, drawn)
            form.data = _knowing(form, drawn)
    return _page(request, drawn, form, theirs)


@require_POST
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a map out of use."""
    drawn = access.load(request, Map, pk, Permission.MAP_EDIT)
    changes.archive(drawn=drawn, now=timezone.now(), by=request.member)  # type: ignore[attr-defined]
    return redirect("map_details", request.workspace.slug, drawn.pk)  # type: ignore[attr-defined]


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a map back into use."""
    drawn = access.load(request, Map, pk, Permission.MAP_EDIT)
    changes.restore(drawn=drawn, by=request.member)  # type: ignore[attr-defined]
    return redirect("map", request.workspace.slug, drawn.pk)  # type: ignore[attr-defined]


def _page(request: HttpRequest, drawn: Map, form: ChangeForm, theirs: list[dict[str, str]]) -> HttpResponse:
    slug = request.workspace.slug  # type: ignore[attr-defined]
    crumbs = [
        {"label": _("Journeys"), "url": reverse("journeys", args=[slug])},
        {"label": drawn.title, "url": reverse("map", args=[slug, drawn.pk])},
    ]
    context = {"map": drawn, "form": form, "theirs": theirs, "crumbs": crumbs}
    status = 409 if theirs else 422 if form.errors else 200
    return render(request, "journeys/map_details.html", context, status=status)


def _initial(drawn: Map) -> dict[str, Any]:
    return {**changes.details(drawn), "version": drawn.version}


def _knowing(form: ChangeForm, drawn: Map) -> Any:
    """What the person sent, to be sent again by somebody who has seen the map as it is now."""
    data = form.data.copy()
    data["version"] = str(drawn.version)
    return data


def _differences(form: ChangeForm, drawn: Map) -> list[dict[str, str]]:
    """Return each field that is not what the person typed, as it is now."""
    theirs = changes.details(drawn)
    words = {name: changes.told_as(value) for name, value in theirs.items()}
    differ = [name for name in changes.DETAILS if words[name] != changes.told_as(form.cleaned_data[name])]
    return [{"label": str(form[name].label), "text": _shown(form, name, words[name])} for name in differ]


def _shown(form: ChangeForm, name: str, words: str) -> str:
    if name in PEOPLE:
        return words or _("Nobody yet")
    return str(dict(getattr(form.fields[name], "choices", ())).get(words, words)) or _("Nothing")
