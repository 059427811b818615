"""Who needs a map, and why: who keeps it, and whose touchpoints and findings are placed on it."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.queries import endorsements
from journeys.models import Finding, Map, Touchpoint
from orgs.models import Member

KEEPING = ("owner", "sponsor", "second", "steward", "findings")


@dataclass(frozen=True)
class Group:
    """The people of a department that answers for touchpoints on the map."""

    pk: int
    name: str
    touchpoints: int
    members: Collection[int]


@dataclass
class Audience:
    """Everybody in the workspace, and why each needs the map; nothing is said of those who do not."""

    members: Mapping[int, Member]
    groups: list[Group] = field(default_factory=list)
    whys: dict[int, dict[str, Any]] = field(default_factory=dict)

    @property
    def keepers(self) -> set[int]:
        """Who keeps the map, or something on it, by name."""
        return {pk for pk, why in self.whys.items() if set(why) & set(KEEPING)}

    def chosen(self, *, keepers: bool, everybody: bool, groups: Iterable[int], people: Iterable[int]) -> set[int]:
        """Return who is meant by what was ticked; whoever is not in the workspace is left out."""
        wanted = set(people) | (self.keepers if keepers else set()) | (set(self.members) if everybody else set())
        ticked = set(groups)
        wanted |= {pk for group in self.groups if group.pk in ticked for pk in group.members}
        return wanted & set(self.members)


def of(drawn: Map) -> Audience:
    """Return who could be told of a map. Six queries, however large map and workspace are."""
    people = Member.objects.current().filter(user__is_active=True).select_related("user").prefetch_related("roles")
    found = Audience({each.pk: each for each in people.order_by("user__name", "pk")})
    _say(found, {drawn.owner_id: 1}, "owner")
    _say(found, {drawn.sponsor_id: 1}, "sponsor")
    second = endorsements.second_of(drawn.pk)
    _say(found, {second.pk if second else None: 1}, "second")
    placed = Touchpoint.objects.current().filter(placements__step__stage__map=drawn).distinct()
    touchpoints = list(placed.select_related("accountable_department"))
    _say(found, Counter(each.steward_id for each in touchpoints), "steward")
    owned = Finding.objects.current().filter(placements__step__stage__map=drawn).distinct()
    _say(found, Counter(owned.order_by().values_list("owner_id", flat=True)), "findings")
    names = {each.owning_department_id: each.accountable_department for each in touchpoints}
    for pk, count in Counter(each.owning_department_id for each in touchpoints).items():
        if pk:
            _of_department(found, pk, str(names[pk]), count)
    found.groups.sort(key=lambda each: each.name)
    return found


def reasons(why: Mapping[str, Any]) -> list[str]:
    """Say why somebody needs a map, to others."""
    said = [str(words) for key, words in _kept().items() if key in why]
    if n := why.get("steward"):
        said.append(ngettext("steward of %(n)d touchpoint", "steward of %(n)d touchpoints", n) % {"n": n})
    if n := why.get("findings"):
        said.append(ngettext("owner of %(n)d finding", "owner of %(n)d findings", n) % {"n": n})
    for name, n in why.get("departments", {}).items():
        words = ngettext("%(name)s: %(n)d touchpoint", "%(name)s: %(n)d touchpoints", n)
        said.append(words % {"name": name, "n": n})
    return said


def to_reader(why: Mapping[str, Any]) -> list[str]:
    """Say it to the person."""
    own = {"owner": _("You own this map"), "sponsor": _("You sponsor it"), "second": _("You endorse it")}
    said = [words for key, words in own.items() if key in why]
    if n := why.get("steward"):
        said.append(ngettext("You keep %(n)d touchpoint on it", "You keep %(n)d touchpoints on it", n) % {"n": n})
    if n := why.get("findings"):
        said.append(ngettext("You own %(n)d finding on it", "You own %(n)d findings on it", n) % {"n": n})
    for name, n in why.get("departments", {}).items():
        words = ngettext(
            "Your department %(name)s owns %(n)d touchpoint on it",
            "Your department %(name)s owns %(n)d touchpoints on it",
            n,
        )
        said.append(words % {"name": name, "n": n})
    return said


def _kept() -> dict[str, str]:
    return {"owner": _("owner"), "sponsor": _("executive sponsor"), "second": _("second endorser")}


def _say(found: Audience, counts: Mapping[int | None, int], key: str) -> None:
    for pk, count in counts.items():
        if pk in found.members:
            found.whys.setdefault(pk, {})[key] = count  # type: ignore[arg-type]


def _of_department(found: Audience, pk: int, name: str, count: int) -> None:
    inside = [each.pk for each in found.members.values() if any(held.department_id == pk for held in each.held)]
    found.groups.append(Group(pk, name, count, inside))
    for member in inside:
        found.whys.setdefault(member, {}).setdefault("departments", {})[name] = count
