"""Who else has a map open, of those who may read it."""

from collections.abc import Mapping
from dataclasses import dataclass

from orgs import access
from orgs.models import Member
from orgs.permissions import Permission

HUES = 8  # colours of people, static/css/pages/map/presence.css


@dataclass(frozen=True)
class Present:
    """A person at a map; `at` is the cell that they write in, "" while they only look."""

    pk: int
    name: str
    at: str

    @property
    def hue(self) -> int:
        """The number of the person's colour, the same wherever they are seen."""
        return self.pk % HUES


def others(here: Mapping[int, str], *, member: Member) -> list[Present]:
    """Return the others among those said to be here, by name. Whose access ended is not."""
    ids = set(here) - {member.pk}
    if not ids:
        return []
    found = Member.objects.current().filter(pk__in=ids, user__is_active=True)
    found = found.select_related("user").prefetch_related("roles").order_by("user__name", "pk")
    return [Present(each.pk, str(each), here[each.pk]) for each in found if access.may(each, Permission.WORKSPACE_READ)]
