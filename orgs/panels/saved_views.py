"""The saved views above a list or page: those one may open, the one that is open, and the way to save another."""

from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cxhub.web.htmx import wants_fragment
from orgs.models import SavedView
from orgs.queries.saved_views import Views
from orgs.registry import LISTS
from orgs.services.saved_views import plain_query


def opening(request: HttpRequest, views: Views) -> str:
    """Return where a list goes that was opened without asking for anything: the member's default view, or "".

    What htmx asks for is a part of a page that is open: it goes nowhere.
    """
    first = None if wants_fragment(request) else views.default
    return f"{request.path}?{first.query}&view={first.pk}" if first and first.query and not request.GET else ""


def bar(
    request: HttpRequest, key: str, views: Views, *, usual: str = "", asked: QueryDict | None = None, record: int = 0
) -> dict[str, Any]:
    """Return what components/saved_views.html needs.

    `usual` names the page without any view. `asked` is what a view would keep of the address, where that is not all of
    it. `record` is the one the page is about: the views of others are left out.
    """
    slug, here = request.workspace.slug, _here(request.GET if asked is None else asked, key, record)  # type: ignore[attr-defined]
    rows = [each for each in views.rows if not record or _record(key, each) == str(record)]
    opened = next((each for each in rows if str(each.pk) == request.GET.get("view")), None)
    same = next((each for each in [opened, *rows] if each and each.query == here), None)
    is_usual = here == _here(QueryDict(), key, record)
    first = {"name": usual or _("Usual view"), "url": "?view=none", "is_current": is_usual}
    query = {"list": key, "query": here}
    return {
        "views": [first, *({"name": v.name, "url": address(slug, v), "is_current": v == same} for v in rows)],
        "save_url": "" if is_usual or same else f"{reverse('saved_views', args=[slug])}?{urlencode(query)}",
        "reset_url": address(slug, opened) if opened and not same else "",
        "manage_url": reverse("saved_views", args=[slug]) if rows else "",
        "is_shown": bool(rows) or not is_usual,
    }


def address(slug: str, view: SavedView) -> str:
    """Return where a view opens its list."""
    page, query = LISTS[view.list_key], QueryDict(view.query, mutable=True)
    args = [slug, *query.pop(page.record)] if page.record else [slug]
    query["view"] = str(view.pk)
    return f"{reverse(page.url_name, args=args)}?{query.urlencode()}"


def is_savable(key: str, query: str) -> bool:
    """Whether a view of this list can be opened again: there is such a list, and its record is named by a number."""
    record = key in LISTS and LISTS[key].record
    if not record:
        return key in LISTS
    named = QueryDict(query).getlist(record)
    return len(named) == 1 and named[0].isascii() and named[0].isdecimal() and len(named[0]) < 18


def _here(asked: QueryDict, key: str, record: int) -> str:
    query = asked.copy()
    if record:
        query[LISTS[key].record] = str(record)
    return plain_query(query.urlencode())


def _record(key: str, view: SavedView) -> str:
    return QueryDict(view.query).get(LISTS[key].record, "")
