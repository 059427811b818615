"""The dimensions of the atlas as layers: the maps of each, and the steps of one that lead to maps of another."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F

from journeys.models import Map, Step
from journeys.queries import abouts, maps
from journeys.queries.maps import Filters


@dataclass(frozen=True)
class Lead:
    """A step of a map of one dimension that a map of another shows in detail."""

    step: Step
    """With its stage and map."""

    @property
    def above(self) -> Map:
        return self.step.stage.map

    @property
    def below(self) -> Map:
        assert self.step.child is not None  # noqa: S101  only those with a child are read
        return self.step.child


@dataclass(frozen=True)
class Layer:
    """One dimension, or the maps that say none (`key` is abouts.NONE), with what leads out of it and into it."""

    key: str
    maps: Sequence[Map]
    leads_out: Sequence[Lead]
    leads_in: Sequence[Lead]

    @property
    def journeys(self) -> int:
        """How many journeys have a map in it."""
        return len({each.journey_id for each in self.maps})

    @property
    def has_current(self) -> bool:
        """Whether one of its maps shows how it is today."""
        return any(each.state == Map.State.CURRENT for each in self.maps)


def every() -> list[Layer]:
    """Return all dimensions in their order, those without a map too; at last the maps of none, if any. Two queries."""
    rows = maps.listed(Filters()).defer("search_text").order_by("journey__name", "journey", "title", "pk")
    found: dict[str, list[Map]] = {key: [] for key in (*Map.Dimension.values, abouts.NONE)}
    for each in rows:
        found[each.dimension or abouts.NONE].append(each)
    leads = [Lead(step) for step in _between()]
    return [
        Layer(
            key,
            held,
            [lead for lead in leads if lead.above.dimension == key],
            [lead for lead in leads if lead.below.dimension == key],
        )
        for key, held in found.items()
        if held or key != abouts.NONE
    ]


def _between() -> Sequence[Step]:
    """The steps of maps in use whose child, in use too, is of another dimension; both say theirs."""
    found = Step.objects.filter(stage__map__archived_at=None, child__archived_at=None).exclude(child=None)
    found = found.exclude(stage__map__dimension="").exclude(child__dimension="")
    found = found.exclude(stage__map__dimension=F("child__dimension")).select_related("stage__map", "child")
    return list(found.order_by("stage__map__title", "stage__map", "stage__position", "position", "pk"))
