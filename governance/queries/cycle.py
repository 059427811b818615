"""A review as its page shows it: its steps, whose records are confirmed, and what moved since the last version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from governance.models import Review
from governance.queries import confirmations, reviews
from governance.queries.confirmations import Word
from journeys.models import Finding, Map, MapVersion, Touchpoint
from journeys.queries import comparisons
from journeys.queries.comparisons import Change, Comparison
from orgs import access
from orgs.models import Department, Member

STATES: dict[str, str | Promise] = {
    "progress": _("In progress"),
    "validated": _("Validated"),
    "signed": _("Signed off"),
    "closed": _("Shared"),
}
VALIDATED = set(reviews.VALIDATED)


@dataclass(frozen=True)
class Contributor:
    """Who answers for records of a review, and how many of them are confirmed."""

    whose: Department | Member | None
    confirmed: int
    records: Sequence[Word]

    @property
    def name(self) -> str:
        return str(self.whose or _("Nobody"))

    def is_one(self, member: Member) -> bool:
        return self.whose == member or (isinstance(self.whose, Department) and access.leads(member, self.whose.pk))

    @property
    def is_done(self) -> bool:
        return self.confirmed == len(self.records)


@dataclass(frozen=True)
class Moved:
    """What differs between the newest version of a map and the map as it is. Without a version, nothing is said."""

    version: MapVersion | None
    found: Comparison | None

    @property
    def changes(self) -> Sequence[Change]:
        return self.found.changes if self.found else []

    @property
    def is_calm(self) -> bool:
        """Whether it was published, and is as it was."""
        return self.version is not None and not self.changes


def state(is_closed: bool, done: set[str], *, is_signed: bool = False) -> str:
    """Return the state of a review that was begun; `done` are its steps that are."""
    if is_closed or is_signed:
        return "closed" if is_closed else "signed"
    return "validated" if done >= VALIDATED else "progress"


def contributors(review: Review, *, cadence_days: int, today: date, zone: tzinfo) -> list[Contributor]:
    """Return who answered for the records when the review began, those with most to do first. Three queries."""
    whose = review.records.select_related("department", "member__user")
    keepers = {(each.touchpoint_id, each.finding_id): each.department or each.member for each in whose}
    touchpoints = Touchpoint.objects.current().filter(pk__in=[pk for pk, _finding in keepers if pk])
    findings = Finding.objects.current().filter(pk__in=[pk for _touchpoint, pk in keepers if pk])
    told: Any = {"today": today, "zone": zone, "cadence_days": cadence_days}
    placed = touchpoints.select_related("accountable_department").order_by("name", "pk")
    found: dict[Department | Member | None, list[Word]] = {}
    for word in confirmations.words(placed, **told):
        found.setdefault(keepers[word.record.pk, None], []).append(word)
    for word in confirmations.words(findings.order_by("name", "pk"), **told):
        found.setdefault(keepers[None, word.record.pk], []).append(word)
    rows = [Contributor(one, sum(each.is_right for each in words), words) for one, words in found.items()]
    return sorted(rows, key=lambda each: (each.confirmed - len(each.records), each.name))


def moved(drawn: Map, told: dict[str, Any]) -> Moved:
    """Compare the newest version with the map as it is, of which `told` is the document."""
    newest = MapVersion.objects.filter(map=drawn).first()
    if newest is None:
        return Moved(None, None)
    return Moved(newest, comparisons.compare(newest.document, told))
