"""Template tags of the components: icons, status marks, chart geometry, ids."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.db.models import Model
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from cxhub.web import charts, dom, icons, svg
from cxhub.web.marks import MARKS

register = template.Library()
LONG_NAME = 80  # in characters: it takes five lines in a column of a map


@register.simple_tag
def icon(name: str, size: int = 16) -> SafeString:
    """Draw a lucide icon; screen readers skip it."""
    return icons.icon(str(name), int(size))


@register.simple_tag
def status_mark(status: str) -> SafeString:
    """Draw the shape of a status; its word stands beside it."""
    shape = mark_safe(MARKS[status].shape)
    return format_html('<svg class="mark" viewBox="0 0 16 16" aria-hidden="true">{}</svg>', shape)


@register.filter
def status_word(status: str) -> str:
    """Say a status in the reader's language."""
    return str(MARKS[status].word)


@register.simple_tag
def spark_shape(values: Sequence[svg.Number], target: svg.Number = None) -> svg.Shape:
    """Return the geometry of a sparkline; `target` is one number that held the whole time."""
    known = None if target in ("", None) else float(target)
    return svg.shape(list(values), targets=[known] * len(values))


@register.simple_tag
def trend_shape(points: Sequence[Any]) -> charts.TrendShape:
    """Return the geometry of a trend chart."""
    return charts.trend_shape(points)


@register.filter
def dom_id(record: Model, part: str = "") -> str:
    """Return the id of a record's fragment."""
    return dom.dom_id(record, part)


@register.filter
def initials(name: object) -> str:
    """Return up to two first letters, for the round mark of a person or workspace."""
    words = str(name).split("@")[0].replace(".", " ").split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def lookup(mapping: Mapping[Any, Any] | None, key: Any) -> Any:
    """Return the entry of a mapping whose key is only known in the loop, or nothing."""
    return (mapping or {}).get(key, "")


@register.filter
def nth(headers: Sequence[Any], index: int) -> str:
    """Return the words of the header above a cell: phones show them beside it."""
    return str(headers[index].label) if index < len(headers) else ""


@register.simple_tag
def grid_columns(stages: Sequence[Any]) -> list[dict[str, Any]]:
    """Flatten stages to one column per step.

    Each has its name, its stage's number from 1, and whether it opens the stage, is but assumed or a moment of truth;
    where two maps are compared, what differs of it too.
    """
    return [
        {
            "step": step["name"] if isinstance(step, dict) else step.name,
            "pk": None if isinstance(step, dict) else step.pk,
            "compared": step.get("compared") if isinstance(step, dict) else None,
            "stage": number,
            "child": None if isinstance(step, dict) else step.child,
            "paths": () if isinstance(step, dict) else step.paths,
            "is_first": first == 0,
            "is_moment": step.get("is_moment", False) if isinstance(step, dict) else step.is_moment,
            "is_assumed": stage.get("is_assumed", False) if isinstance(stage, dict) else stage.is_assumed,
        }
        for number, stage in enumerate(stages, start=1)
        for first, step in enumerate(stage["steps"] if isinstance(stage, dict) else stage.steps)
    ]


@register.filter
def in_few_lines(name: str) -> str:
    """Cut a name that would fill the screen after a few lines; all of it is its title, and stands on paper."""
    return format_html('<span class="cut" title="{0}">{0}</span>', name) if len(name) > LONG_NAME else name


@register.filter
def pairs(left: Sequence[Any], right: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Walk two equally long lists side by side; a wrong length is a bug and fails."""
    return list(zip(left, right, strict=True))
