"""A trend chart as a file of its own: an SVG that says what it is of, and needs nothing from elsewhere.

The geometry is that of the page (cxhub/web/charts.py), laid on absolute coordinates; colours are those on paper.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cxhub.web.charts import TrendShape, trend_shape
from cxhub.web.drawing import Drawing, text_width, wrapped
from cxhub.web.marks import MARKS

WIDTH, PLOT_HEIGHT = 1200.0, 420.0
LEFT, RIGHT = 84.0, 32.0
PLOT_WIDTH = WIDTH - LEFT - RIGHT
TEXT, MUTED, LINE, BORDER, EARLIER, ACCENT = "#16202B", "#4E5D6C", "#062E4C", "#D5DBE2", "#9A520A", "#4338A8"
TINTS = {"on_target": "#DDF0F7", "watch": "#FFF1D2", "off_target": "#FBE6E6"}
FONTS = "DejaVu Sans, Verdana, Noto Sans, Segoe UI, sans-serif"
CHARACTERS = 110  # of the names on the time axis
PAIR = re.compile(r"(-?[\d.]+) (-?[\d.]+)")


@dataclass(frozen=True)
class Picture:
    """What the file says above the chart and below it; `chart` is what components/trend_chart.html needs."""

    title: str
    lines: Sequence[str]
    chart: Mapping[str, Any]
    foot: Sequence[str]


def svg_of(picture: Picture) -> str:
    """Return the picture as SVG."""
    drawing, drawn = Drawing(), trend_shape(picture.chart["points"], characters=CHARACTERS)
    drawing.add("title", picture.title)
    drawing.add("desc", " · ".join([*picture.lines, *picture.foot]))
    drawing.add("rect", width="100%", height="100%", fill="#FFFFFF")
    top = _head(drawing, picture)
    if drawn.marks:
        _plot(drawing, drawn, top)
        below = _key(drawing, picture.chart, drawn, top + PLOT_HEIGHT + 56)
    else:
        drawing.add("text", _("No values in these periods."), x=LEFT, y=top + 40, font_size=16, fill=MUTED)
        below = top + 80
    for line in [each for said in picture.foot for each in _wrapped(said, 13, 2)]:
        drawing.add("text", line, x=LEFT - 52, y=below, font_size=13, fill=MUTED)
        below += 20
    return drawing.svg(WIDTH, below + 12, role="img", font_family=FONTS)


def _wrapped(text: str, size: float, most: int) -> list[str]:
    return wrapped(text, size=size, width=WIDTH - LEFT, most=most)


def _head(drawing: Drawing, picture: Picture) -> float:
    y = 48.0
    for line in _wrapped(picture.title, 24, 4):
        drawing.add("text", line, x=LEFT - 52, y=y, font_size=24, font_weight=600, fill=TEXT)
        y += 32
    for line in [each for said in picture.lines for each in _wrapped(said, 15, 2)]:
        drawing.add("text", line, x=LEFT - 52, y=y, font_size=15, fill=MUTED)
        y += 22
    return y + 12


def _plot(drawing: Drawing, drawn: TrendShape, top: float) -> None:
    _patterns(drawing)
    for zone in drawn.zones:
        place = {"x": _x(zone.x), "y": _y(zone.y, top), "width": _x(zone.width) - LEFT}
        fill = f"url(#{zone.status})"
        drawing.add("rect", **place, height=_y(zone.height, top) - top, fill=fill, data_zone=zone.status)
    for tick in drawn.ticks:
        y = _y(tick.y, top)
        drawing.add("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y, stroke=BORDER)
        drawing.add("text", tick.text, x=LEFT - 12, y=y + 5, text_anchor="end", font_size=14, fill=MUTED)
    line = {"fill": "none", "stroke_linecap": "round", "stroke_linejoin": "round"}
    if drawn.band:
        drawing.add("path", d=_laid(drawn.band, top), fill=LINE, fill_opacity=0.13)
    if drawn.shape.target:
        drawing.add("path", d=_laid(drawn.shape.target, top), fill="none", stroke=TEXT, stroke_width=1.5)
    if before := f"{drawn.before.line} {drawn.before.dots}".strip():
        drawing.add("path", d=_laid(before, top), **line, stroke=EARLIER, stroke_width=2, stroke_dasharray="2 5")
    if drawn.shape.line:
        drawing.add("path", d=_laid(drawn.shape.line, top), **line, stroke=LINE, stroke_width=2)
    _marks(drawing, drawn, top)
    for label in drawn.labels:
        anchor = label.edge or "middle"
        drawing.add(
            "text", label.text, x=_x(label.x), y=top + PLOT_HEIGHT + 24, text_anchor=anchor, font_size=14, fill=MUTED
        )


def _marks(drawing: Drawing, drawn: TrendShape, top: float) -> None:
    for mark in drawn.marks:
        x = _x(mark.x)
        if mark.low_y and not drawn.band:
            ends = {"y1": _y(mark.low_y, top), "y2": _y(mark.high_y, top)}
            drawing.add("line", x1=x, x2=x, **ends, stroke=LINE, stroke_width=1.5, stroke_opacity=0.5)
        if mark.is_last or mark.is_running or not drawn.is_many:
            fill = LINE if mark.is_last else "#FFFFFF"
            dashed = {"stroke_dasharray": "2 2"} if mark.is_running else {}
            drawing.add("circle", cx=x, cy=_y(mark.y, top), r=4.5, fill=fill, stroke=LINE, stroke_width=2, **dashed)
    for restated in drawn.restated:
        x, y = _x(restated.x), top + PLOT_HEIGHT
        drawing.add("line", x1=x, x2=x, y1=top, y2=y, stroke=TEXT, stroke_dasharray="2 4", stroke_opacity=0.55)
        drawing.add("path", d=_diamond(x, y), fill="#FFFFFF", stroke=TEXT, stroke_width=1.75)
    for happened in drawn.happened:
        drawing.add("path", d=_triangle(_x(happened.x), top), fill=ACCENT)


def _patterns(drawing: Drawing) -> None:
    """The same as in the page: plain, dots and strokes, so that the areas differ on grey paper."""
    drawing.open("defs")
    box = {"width": 8, "height": 8, "patternUnits": "userSpaceOnUse"}
    for status, tint in TINTS.items():
        turned = {"patternTransform": "rotate(45)"} if status == "off_target" else {}
        drawing.open("pattern", id=status, **box, **turned)
        drawing.add("rect", width=8, height=8, fill=tint)
        if status == "watch":
            drawing.add("circle", cx=4, cy=4, r=1.2, fill="#6B4700", fill_opacity=0.55)
        if status == "off_target":
            drawing.add("line", x1=4, x2=4, y2=8, stroke="#8B1619", stroke_width=1.5, stroke_opacity=0.35)
        drawing.close("pattern")
    drawing.close("defs")


def _key(drawing: Drawing, chart: Mapping[str, Any], drawn: TrendShape, y: float) -> float:
    """Write the legend, entry after entry, in as many lines as it takes; returns where the foot begins."""
    x = LEFT - 52
    for sign, words in _entries(chart, drawn):
        [words] = wrapped(words, size=14, width=WIDTH - LEFT, most=1)
        width = 34 + text_width(words, 14)
        if x > LEFT and x + width > WIDTH - RIGHT:
            x, y = LEFT - 52, y + 24
        _sign(drawing, sign, x, y - 5)
        drawing.add("text", words, x=x + 26, y=y, font_size=14, fill=MUTED)
        x += width + 16
    return y + 36


def _entries(chart: Mapping[str, Any], drawn: TrendShape) -> list[tuple[str, str]]:
    found = [("line", chart["unit_text"])]
    if drawn.has_intervals:
        found.append(("band" if drawn.band else "whisker", _("95 % interval")))
    if drawn.before.spots:
        found.append(("before", _("As many periods before")))
    words = {"watch": chart.get("watch_text")}
    found += [(zone, words.get(zone) or str(MARKS[zone].word)) for zone in drawn.zone_key]
    if chart.get("target_text"):
        found.append(("target", chart["target_text"]))
    if drawn.restated:
        found.append(("restated", _("Restated")))
    if drawn.happened:
        found.append(("happened", _("Something happened")))
    if drawn.is_running:
        found.append(("running", _("The period still runs")))
    return found


def _sign(drawing: Drawing, sign: str, x: float, y: float) -> None:
    if sign in TINTS:
        drawing.add("rect", x=x, y=y - 6, width=18, height=12, fill=f"url(#{sign})", stroke="#7A8794")
    elif sign == "band":
        drawing.add("rect", x=x, y=y - 6, width=18, height=12, fill=LINE, fill_opacity=0.2)
    elif sign == "restated":
        drawing.add("path", d=_diamond(x + 9, y), fill="#FFFFFF", stroke=TEXT, stroke_width=1.75)
    elif sign == "happened":
        drawing.add("path", d=_triangle(x + 9, y), fill=ACCENT)
    elif sign == "running":
        dashed = {"stroke_width": 2, "stroke_dasharray": "2 2"}
        drawing.add("circle", cx=x + 9, cy=y, r=4.5, fill="#FFFFFF", stroke=LINE, **dashed)
    elif sign == "whisker":
        drawing.add("line", x1=x + 9, x2=x + 9, y1=y - 7, y2=y + 7, stroke=LINE, stroke_width=1.5, stroke_opacity=0.5)
    else:
        stroke = {"before": EARLIER, "target": TEXT}.get(sign, LINE)
        dashes = {"stroke_dasharray": "2 5"} if sign == "before" else {}
        drawing.add("line", x1=x, x2=x + 18, y1=y, y2=y, stroke=stroke, stroke_width=2, **dashes)


def _x(share: str) -> float:
    return LEFT + float(share.removesuffix("%")) * PLOT_WIDTH / 100


def _y(share: str, top: float) -> float:
    return top + float(share.removesuffix("%")) * PLOT_HEIGHT / 100


def _laid(path: str, top: float) -> str:
    """Lay a path of 0..100 coordinates on the plot."""
    pairs = PAIR.sub(lambda at: f"{_x(at[1]):.2f} {_y(at[2], top):.2f}", path)
    return re.sub(r"H(-?[\d.]+)", lambda at: f"H{_x(at[1]):.2f}", pairs)


def _diamond(x: float, y: float) -> str:
    return f"M{x:.2f} {y - 7:.2f} {x + 5:.2f} {y:.2f} {x:.2f} {y + 7:.2f} {x - 5:.2f} {y:.2f}Z"


def _triangle(x: float, y: float) -> str:
    return f"M{x - 6:.2f} {y - 7:.2f}H{x + 6:.2f}L{x:.2f} {y + 4:.2f}Z"
