"""Inline icons out of the `lucide` package, each prepared once per process.

Every shape of an icon becomes part of one path: a big map stays at half the nodes.
"""

from functools import lru_cache
from xml.etree.ElementTree import Element

import lucide
from django.utils.html import format_html
from django.utils.safestring import SafeString


@lru_cache(maxsize=256)
def icon(name: str, size: int = 16) -> SafeString:
    """Return the icon as an SVG that screen readers skip: the words beside it carry the meaning."""
    return format_html(
        '<svg class="icon" width="{0}" height="{0}" viewBox="0 0 24 24" aria-hidden="true"><path d="{1}"/></svg>',
        size,
        "".join(_path(shape) for shape in lucide._load_icon(name)),
    )


def _path(shape: Element) -> str:
    """Return a shape as path data; a shape that is none of these fails here, not on the page."""
    tag = str(getattr(shape.tag, "text", shape.tag))
    return SHAPES[tag](dict(shape.attrib))


def _ellipse(cx: float, cy: float, rx: float, ry: float) -> str:
    return f"M{cx - rx:g} {cy:g}a{rx:g} {ry:g} 0 1 0 {2 * rx:g} 0a{rx:g} {ry:g} 0 1 0 {-2 * rx:g} 0"


def _circle(at: dict[str, str]) -> str:
    radius = float(at["r"])
    return _ellipse(float(at["cx"]), float(at["cy"]), radius, radius)


def _rect(at: dict[str, str]) -> str:
    x, y = float(at.get("x", 0)), float(at.get("y", 0))
    width, height, r = float(at["width"]), float(at["height"]), float(at.get("rx", 0))
    across, down, arc = width - 2 * r, height - 2 * r, f"a{r:g} {r:g} 0 0 1"
    corners = f"h{across:g}{arc} {r:g} {r:g}v{down:g}{arc} {-r:g} {r:g}h{-across:g}{arc} {-r:g} {-r:g}v{-down:g}"
    return f"M{x + r:g} {y:g}{corners}{arc} {r:g} {-r:g}z"


SHAPES = {
    # A relative start would count from the end of the shape before it.
    "path": lambda at: at["d"] if at["d"].startswith("M") else f"M0 0{at['d']}",
    "circle": _circle,
    "ellipse": lambda at: _ellipse(*(float(at[key]) for key in ("cx", "cy", "rx", "ry"))),
    "rect": _rect,
    "line": lambda at: f"M{at['x1']} {at['y1']}L{at['x2']} {at['y2']}",
    "polyline": lambda at: f"M{at['points']}",
    "polygon": lambda at: f"M{at['points']}z",
}
