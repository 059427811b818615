"""Gives tiles what only a page knows: addresses and the words of a status."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cxhub.web.marks import MARKS
from insights.panels import lately_shown, looking
from insights.queries.freshness import Freshness
from insights.queries.tiles import Tile


def shown(request: HttpRequest, tiles: Sequence[Tile]) -> list[dict[str, Any]]:
    """Return the tiles as components/kpi_tile.html wants them; the member has seen their figures from now on."""
    lately_shown.remember(request, [tile.kpi_id for tile in tiles if tile.shown.value is not None])
    return [_shown(request, tile) for tile in tiles]


def _shown(request: HttpRequest, tile: Tile) -> dict[str, Any]:
    fields = {name: getattr(tile, name) for name in tile.__dataclass_fields__}
    base = f"/w/{request.workspace.slug}/"  # type: ignore[attr-defined]
    would = _("Provisional: %(status)s") % {"status": str(MARKS[tile.would_be].word).lower()} if tile.would_be else ""
    return fields | {
        "status_word": would,
        "source_text": _("From %(source)s") % {"source": tile.source_text},
        "data_through_text": _historical(tile),
        "source_url": base + tile.source_path if tile.source_path else "",
        "url": f"{base}kpis/{tile.kpi_id}/{looking.kept(request)}",
        "anchor": f"kpi-{tile.kpi_id}",
        "id": f"kpi-{tile.kpi_id}-tile",
    }


def _historical(tile: Tile) -> str:
    """An import that never repeats says so before how far it goes."""
    if tile.freshness != Freshness.HISTORICAL or not tile.data_through_text:
        return tile.data_through_text
    return _("Historical, %(data)s") % {"data": tile.data_through_text[:1].lower() + tile.data_through_text[1:]}


def seen(tiles: Sequence[Tile]) -> str:
    """Return a text that changes when a source of these tiles grows stale or is refreshed while the page is open."""
    return "\n".join(tile.seen for tile in tiles if tile.seen)
