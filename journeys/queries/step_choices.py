"""The stages, steps and lanes of a map to choose one from: short, and told apart where two have one name."""

from collections.abc import Iterable

from django.utils.text import Truncator

from journeys.models import Step
from journeys.queries.lanes import Row

LONGEST = 60  # a list of choices is as wide as its longest
Choices = list[tuple[int | str, str]]


def steps(map_id: int, *, but: int | None = None) -> list[tuple[str, Choices]]:
    """Return the steps of a map under their stages, numbered as the flow numbers them; `but` names one left out."""
    rows = Step.objects.filter(stage__map=map_id).order_by("stage__position", "stage", "position", "pk")
    found: dict[int, tuple[str, Choices]] = {}
    for number, (pk, name, stage, stage_name) in enumerate(
        rows.values_list("pk", "name", "stage", "stage__name"), start=1
    ):
        under = found.setdefault(stage, (short(stage_name), []))[1]
        if pk != but:
            under.append((pk, numbered(number, name)))
    return [(stage, under) for stage, under in found.values() if under]


def lanes(rows: Iterable[Row]) -> Choices:
    """Return lanes by key; of those that share a name the second and further have a number."""
    seen: dict[str, int] = {}
    found: Choices = []
    for row in rows:
        name = short(str(row.name))
        seen[name] = seen.get(name, 0) + 1
        found.append((row.key, f"{name} ({seen[name]})" if seen[name] > 1 else name))
    return found


def numbered(number: int, name: str) -> str:
    """Return a name with its place in the map before it."""
    return f"{number}. {short(name)}"


def short(name: str) -> str:
    """Return as much of a name as a choice has room for."""
    return Truncator(name).chars(LONGEST)
