"""Says what is missing or wrong in what is said about rows, field by field."""

from collections.abc import Iterator
from itertools import chain

import jmespath
from django.utils.translation import gettext as _
from jmespath.exceptions import JMESPathError

from connectors.base import Problem
from connectors.rows.settings import RowSettings
from insights.measures.registry import MEASURES, fits

LENGTHS = {"touchpoint": 200, "channel": 100, "department": 200}
LONGEST_PATH = 500


def problems(settings: RowSettings) -> Iterator[Problem]:
    """Yield everything that keeps rows from being read."""
    own = _of_answers(settings) if settings.holds_answers else _of_ready_values(settings)
    return chain(_of_paths(settings), _of_every_row(settings), own, _of_measures(settings))


def path_problems(field: str, path: str) -> Iterator[Problem]:
    """Yield what is wrong with a path, where one is given."""
    if path and not _is_path(path):
        yield Problem(field, _("This is not a path. Write it like data.items or score (JMESPath)."))


def _of_paths(settings: RowSettings) -> Iterator[Problem]:
    for field, path in {**settings.paths(), "rows": settings.rows}.items():
        yield from path_problems(field, path)
    if not settings.rows:
        yield Problem("rows", _("Say where the rows are, like data.items; @ when the answer itself is the list."))


def _of_every_row(settings: RowSettings) -> Iterator[Problem]:
    if not settings.touchpoint_path and not settings.touchpoint.strip():
        yield Problem("touchpoint_path", _("Say which field names the touchpoint, or type its name."))
    if not settings.date_path:
        yield Problem("date_path", _("Say which field holds the date."))
    for name, length in LENGTHS.items():
        if len(getattr(settings, name)) > length:
            yield Problem(name, _("Use at most %(length)d characters.") % {"length": length})
        if getattr(settings, name) and getattr(settings, f"{name}_path"):
            yield Problem(name, _("Choose a field or type one value for all rows, not both."))


def _of_answers(settings: RowSettings) -> Iterator[Problem]:
    if not settings.score_path:
        yield Problem("score_path", _("Say which field holds the score."))
    if settings.scale is None or not fits(settings.scale):
        yield Problem("scale_low", _("Give the lowest and the highest score that can be given."))
        return
    fitting = {measure.slug for measure in fits(settings.scale)}
    for slug in settings.measures:
        if slug in MEASURES and slug not in fitting:
            names = {"measure": MEASURES[slug].name, "low": settings.scale.low, "high": settings.scale.high}
            yield Problem("measures", _("%(measure)s cannot be computed from %(low)d to %(high)d.") % names)


def _of_ready_values(settings: RowSettings) -> Iterator[Problem]:
    if not settings.value_path:
        yield Problem("value_path", _("Say which field holds the value."))
    if len(settings.measures) > 1:
        yield Problem("measures", _("Ready values fill one measure. Choose one."))
    for slug in settings.measures[:1]:
        scales = MEASURES[slug].valid_scales if slug in MEASURES else ()
        if scales and settings.scale not in scales:
            yield Problem("scale_low", _("Give the lowest and the highest score behind these values."))


def _of_measures(settings: RowSettings) -> Iterator[Problem]:
    if not settings.measures:
        yield Problem("measures", _("Choose at least one measure."))
    if len(set(settings.measures)) < len(settings.measures):
        yield Problem("measures", _("Choose each measure once."))
    for slug in settings.measures:
        if slug not in MEASURES:
            yield Problem("measures", _("There is no measure “%(slug)s”.") % {"slug": slug[:40]})


def _is_path(path: str) -> bool:
    try:
        jmespath.compile(path)
    except (JMESPathError, RecursionError):
        return False
    return len(path) <= LONGEST_PATH
