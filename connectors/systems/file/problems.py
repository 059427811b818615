"""Says what is missing or wrong in a mapping, field by field, before anything is read with it."""

from collections.abc import Iterator, Sequence
from itertools import chain

from django.utils.translation import gettext as _

from connectors.base import Problem
from connectors.systems.file import dates
from connectors.systems.file.mapping import Mapping
from insights.measures.registry import MEASURES, fits

LENGTHS = {"touchpoint": 200, "channel": 100, "department": 200, "stage": 200, "map_title": 200}
"""How many characters a name may have; the same in the database."""


def problems(mapping: Mapping, header: Sequence[str]) -> list[Problem]:
    """Return everything that keeps this mapping from reading a file with this header; nothing when it is fine."""
    own = _of_answers(mapping) if mapping.holds_answers else _of_ready_values(mapping)
    return list(chain(_of_columns(mapping, header), _of_every_row(mapping), own, _of_measures(mapping)))


def _of_columns(mapping: Mapping, header: Sequence[str]) -> Iterator[Problem]:
    for field, column in mapping.columns().items():
        if column not in header:
            yield Problem(field, _("The file has no column “%(column)s”. Choose another.") % {"column": column[:60]})
    for name in ("touchpoint", "date", "channel", "department", "stage"):
        if getattr(mapping, name) and getattr(mapping, f"{name}_column"):
            yield Problem(name, _("Choose a column or type one value for all rows, not both."))


def _of_every_row(mapping: Mapping) -> Iterator[Problem]:
    if not mapping.touchpoint_column and not mapping.touchpoint.strip():
        yield Problem("touchpoint_column", _("Choose the column that names the touchpoint, or type its name."))
    if not mapping.date_column and not mapping.date:
        yield Problem("date_column", _("Choose the column that holds the date, or type one date for all rows."))
    if mapping.date and isinstance(dates.Dates("iso").day(mapping.date), dates.NotADate):
        yield Problem("date", _("Type the date like 2026-05-31."))
    for name, length in LENGTHS.items():
        if len(getattr(mapping, name)) > length:
            yield Problem(name, _("Use at most %(length)d characters.") % {"length": length})
    if mapping.places_on_map and not mapping.map_title.strip():
        yield Problem("map_title", _("Give the map that the stages make a title."))
    if mapping.places_on_map and mapping.phase_id is None:
        yield Problem("phase_id", _("Choose the lifecycle phase that the stages belong to."))


def _of_answers(mapping: Mapping) -> Iterator[Problem]:
    if not mapping.score_column:
        yield Problem("score_column", _("Choose the column that holds the score."))
    if mapping.scale is None:
        yield Problem("scale_low", _("Give the lowest and the highest score that can be given."))
        return
    fitting = {measure.slug for measure in fits(mapping.scale)}
    if not fitting:
        yield Problem("scale_low", _("No measure reads scores on this scale. Check the lowest and highest score."))
        return
    for slug in mapping.measures:
        if slug in MEASURES and slug not in fitting:
            names = {"measure": MEASURES[slug].name, "low": mapping.scale.low, "high": mapping.scale.high}
            yield Problem("measures", _("%(measure)s cannot be computed from %(low)d to %(high)d.") % names)


def _of_ready_values(mapping: Mapping) -> Iterator[Problem]:
    if not mapping.value_column:
        yield Problem("value_column", _("Choose the column that holds the value."))
    if len(mapping.measures) > 1:
        yield Problem("measures", _("A column of ready values fills one measure. Choose one."))
    for slug in mapping.measures[:1]:
        scales = MEASURES[slug].valid_scales if slug in MEASURES else ()
        if scales and mapping.scale not in scales:
            yield Problem("scale_low", _("Give the lowest and the highest score behind these values."))


def _of_measures(mapping: Mapping) -> Iterator[Problem]:
    if not mapping.measures:
        yield Problem("measures", _("Choose at least one measure."))
    if len(set(mapping.measures)) < len(mapping.measures):
        yield Problem("measures", _("Choose each measure once."))
    for slug in mapping.measures:
        if slug not in MEASURES:
            yield Problem("measures", _("There is no measure “%(slug)s”.") % {"slug": slug[:40]})
