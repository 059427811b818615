"""A list's filter bar, as templates/components/filter_bar.html shows it. The address is the only state."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _


def bar(
    request: HttpRequest,
    *,
    search: str,
    search_label: str,
    selects: Sequence[dict[str, Any]],
    is_active: bool,
    kept: Sequence[str] = ("sort",),
    usual: Collection[str] | None = None,
    bare: str = "",
) -> dict[str, Any]:
    """Return the bar: the words searched for, selects, and a chip for each select that narrows.

    `kept` are parameters that a new filter leaves as they are. Selects that are not `usual` are folded away until one
    of them narrows. `bare` is the query of the list without any filter, where it opens with a saved view otherwise.
    """
    folded = [each for each in selects if usual is not None and each["name"] not in usual]
    return {
        "search": search,
        "search_label": search_label,
        "selects": [each for each in selects if each not in folded],
        "more": folded,
        "is_more_open": any(each["chosen"] for each in folded),
        "kept": [{"name": name, "value": value} for name in kept for value in request.GET.getlist(name) if value],
        "chips": [_chip(request, each, bare) for each in selects if each["chosen"]],
        "clear_url": f"{request.path}{bare and f'?{bare}'}" if is_active else "",
    }


def select(name: str, label: Any, chosen: str, options: Iterable[tuple[Any, Any]], every: Any = "") -> dict[str, Any]:
    """Return one select; its first choice, "All" unless `every` says otherwise, stands for every row."""
    rows = [{"value": str(value), "label": str(text), "is_chosen": str(value) == chosen} for value, text in options]
    named = next((row["label"] for row in rows if row["is_chosen"]), "")
    first = {"value": "", "label": every or _("All"), "is_chosen": not named}
    return {"name": name, "label": label, "options": [first, *rows], "chosen": named}


def _chip(request: HttpRequest, narrowing: dict[str, Any], bare: str) -> dict[str, str]:
    """Return the chip that takes a filter away; a saved view that stands in the address goes with it."""
    query = request.GET.copy()
    for name in (narrowing["name"], "page", "view"):
        query.pop(name, None)
    return {"label": f"{narrowing['label']}: {narrowing['chosen']}", "url": f"?{query.urlencode() or bare}"}
