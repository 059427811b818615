"""Whom and what a map is about: its personas, products and markets, kept as links."""

from collections.abc import Collection

from journeys.models import Map, Registered
from journeys.queries.abouts import ABOUT


def of(drawn: Map) -> dict[str, list[Registered]]:
    """Return the personas, products and markets of a map, each in the order of their names."""
    return {name: list(kind.model.objects.filter(map_links__map=drawn)) for name, kind in ABOUT.items()}


def put(drawn: Map, name: str, records: Collection[Registered]) -> None:
    """Make these, and no others, the personas (or products, or markets) of a map."""
    kind = ABOUT[name]
    links = kind.links.filter(map=drawn)
    wanted = {record.pk for record in records}
    links.exclude(**{f"{kind.to}__in": wanted}).delete()
    new = wanted - set(links.values_list(f"{kind.to}_id", flat=True))
    links.bulk_create([kind.link(map=drawn, **{f"{kind.to}_id": pk}) for pk in sorted(new)])
