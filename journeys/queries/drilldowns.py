"""Which maps lead to which: the levels of the atlas."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONObject

from journeys.models import Map, Step

LEVELS = [level.value for level in Map.Level]
"""From the highest to the lowest."""


def is_lower(child: Map, *, than: Map) -> bool:
    """Whether a map is of a lower level than another. One whose level nobody said fits below and above each."""
    if not child.level or not than.level:
        return True
    return LEVELS.index(child.level) > LEVELS.index(than.level)


def below(pk: int) -> set[int]:
    """Return a map and all that its steps lead to, directly or through others. One query."""
    children = _children()
    found, open_ = {pk}, [pk]
    while open_:
        new = children.get(open_.pop(), set()) - found
        found |= new
        open_ += new
    return found


def choices(step: Step) -> list[Map]:
    """Return the maps in use that a step may lead to, by title. Two queries."""
    own = step.stage.map
    parents: dict[int, set[int]] = {}
    for parent, children in _children().items():
        for child in children:
            parents.setdefault(child, set()).add(parent)
    above, open_ = {own.pk}, [own.pk]
    while open_:
        new = parents.get(open_.pop(), set()) - above
        above |= new
        open_ += new
    return [each for each in Map.objects.current().exclude(pk__in=above) if is_lower(each, than=own)]


def loaded() -> ArraySubquery:
    """Return what a query of maps is annotated with as `told_parents`: the maps in use whose steps lead to each."""
    leading = Step.objects.filter(stage__map=OuterRef("pk"), child=OuterRef(OuterRef("pk")))
    found = Map.objects.current().filter(Exists(leading)).order_by("title", "pk")
    return ArraySubquery(found.values(told=JSONObject(id="id", title="title")))


@dataclass(frozen=True)
class Branch:
    """Where a map stands in the tree of maps: how deep, and the title of the one above it."""

    depth: int
    parent: str


def tree(maps: Mapping[int, str]) -> dict[int, Branch]:
    """Return these maps, titles by id in the order of siblings, each under the first of them that leads to it.

    One query. They come in the order of the tree: what stands under a map follows it.
    """
    children = _children()
    led = {child for pk in maps for child in children.get(pk, ())}
    found: dict[int, Branch] = {}
    open_ = [(pk, Branch(0, "")) for pk in maps if pk not in led][::-1]
    while open_:
        pk, branch = open_.pop()
        if pk in found:
            continue
        found[pk] = branch
        below_it = children.get(pk, set())
        open_ += [(each, Branch(branch.depth + 1, maps[pk])) for each in maps if each in below_it][::-1]
    return found


def _children() -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    pairs: Iterable[tuple[int, int]] = Step.objects.exclude(child=None).values_list("stage__map", "child")
    for parent, child in pairs:
        found.setdefault(parent, set()).add(child)
    return found
