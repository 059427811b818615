"""Who stands behind a map: which version was signed off last, by whom, and whether that still carries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, JSONObject

from governance.models import Endorsement, Review, SecondEndorser
from journeys.models import Map, MapVersion
from journeys.queries import comparisons, marks
from orgs.models import AuditEntry, Member

SPONSOR, SECOND = Endorsement.Capacity.SPONSOR, Endorsement.Capacity.SECOND


@dataclass(frozen=True)
class Signed:
    """The last sign-off of a map, as it is read along with the map."""

    name: str
    at: datetime
    number: int
    """Of the version that was signed off."""
    has_changed: bool
    """The map is no longer as it was then."""
    is_carried: bool
    """No major version was published after it."""


@dataclass(frozen=True)
class Standing:
    """The version that was signed off last, who endorses it, what was published after it, and what differs now."""

    version: MapVersion
    endorsements: Sequence[Endorsement]
    newest: MapVersion
    is_carried: bool
    published: int
    """How many changes lead from it to the newest version."""
    drafted: int
    """How many lead from it to the map as it is."""


def of_sponsors() -> QuerySet[Endorsement]:
    """The sign-offs, the newest first."""
    return Endorsement.objects.filter(capacity=SPONSOR).order_by("-version__number", "-pk")


def _last(of: str = "pk") -> QuerySet[Endorsement]:
    return of_sponsors().filter(version__map=OuterRef(of))


def _lapsed() -> Exists:
    """Whether a major version was published after the last sign-off."""
    number = Cast(Subquery(_last("map").values("version__number")[:1]), IntegerField())
    return Exists(MapVersion.objects.filter(map=OuterRef("pk"), is_major=True).filter(number__gt=number))


def _told() -> Subquery:
    told = JSONObject(name="name", at="at", number="version__number", mark="mark")
    return Subquery(_last().values(told=told)[:1])


CARRIED = {"told_signed": _told, "told_mark": marks.mark, "told_lapsed": _lapsed}
"""What maps are annotated with so that `signed` tells their last sign-off without a query."""


def signed(drawn: Any) -> Signed | None:
    """Return the last sign-off of a map that carries CARRIED; None where there is none."""
    told = drawn.told_signed
    if told is None:
        return None
    at = datetime.fromisoformat(told["at"])
    return Signed(told["name"], at, told["number"], told["mark"] != drawn.told_mark, not drawn.told_lapsed)


def standing(drawn: Map, told: dict[str, Any]) -> Standing | None:
    """Return how the last sign-off of a map stands, `told` being its document now; None where there is none."""
    last = of_sponsors().filter(version__map=drawn).select_related("version").first()
    if last is None:
        return None
    found = list(Endorsement.objects.filter(version=last.version, review=last.review_id).order_by("at", "pk"))
    later = list(MapVersion.objects.filter(map=drawn, number__gt=last.version.number))
    newest = later[0] if later else last.version
    return Standing(
        last.version,
        found,
        newest,
        not any(each.is_major for each in later),
        _count(last.version.document, newest.document) if later else 0,
        _count(last.version.document, told),
    )


def of_review(review: Review | None) -> Endorsement | None:
    """Return the newest sign-off that a review has led to."""
    return of_sponsors().filter(review=review).select_related("version").first() if review else None


def changes_asked(review: Review) -> AuditEntry | None:
    """Return what the sponsor asked for last, instead of signing off."""
    about = {"subject_type": "map", "subject_id": review.map_id, "action": "map.ask_for_changes"}
    found = AuditEntry.objects.filter(**about, after__review=review.pk).select_related("actor__user")
    return found.order_by("-pk").first()


def second_of(map_id: int) -> Member | None:
    """Return who endorses a map beside its sponsor."""
    found = SecondEndorser.objects.filter(map=map_id, member__left_at=None).select_related("member__user").first()
    return found.member if found else None


def _count(before: dict[str, Any], after: dict[str, Any]) -> int:
    return len(comparisons.compare(before, after).changes)
