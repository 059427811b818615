"""How expectations stand: what the newest check of each found, and whether that still says anything."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.models import Expectation, ExpectationCheck
from journeys.models import Touchpoint

FAILED, UNKNOWN, PASSED = "fail", "unknown", "pass"
STATES = {FAILED: gettext_lazy("Failed"), UNKNOWN: gettext_lazy("Not known"), PASSED: gettext_lazy("Passed")}
"""The worst first, which is also their order in lists."""

MARKS = {FAILED: "off_target", UNKNOWN: "no_data", PASSED: "on_target"}
MISSED_CHECKS = 3  # after as many without a word the last one says nothing any more
FIGURES = ("outcome", "at", "value", "words", "link")


@dataclass(frozen=True)
class Standing:
    """How one expectation stands. `at` is when that was found; `words` say what, or why it is not known."""

    expectation: Expectation
    state: str
    at: datetime | None = None
    value: float | None = None
    words: str = ""
    link: str = ""

    @property
    def failing_since(self) -> datetime | None:
        return self.expectation.failing_since if self.state == FAILED else None


def whole() -> QuerySet[Expectation]:
    """Expectations with what a page says of them, each carrying the newest check of its terms. One query."""
    newest = ExpectationCheck.objects.filter(expectation=OuterRef("pk"), terms=OuterRef("terms"))
    told = JSONObject(**{name: name for name in FIGURES})
    related = ("touchpoint__channel", "touchpoint__accountable_department", "kpi__source", "by__user", "ended_by__user")
    found: QuerySet[Expectation] = Expectation.objects.select_related(*related)
    return found.annotate(newest=ArraySubquery(newest.order_by("-at", "-id").values(told=told)[:1]))


def in_use() -> QuerySet[Expectation]:
    """Those that hold: not ended, of touchpoints in use."""
    return whole().filter(ended_at=None, touchpoint__archived_at=None)


def of(touchpoint: Touchpoint) -> QuerySet[Expectation]:
    """Those of one touchpoint that were not ended."""
    return whole().filter(touchpoint=touchpoint, ended_at=None)


def stand(found: Iterable[Expectation], *, now: datetime) -> list[Standing]:
    """Return how these (of `whole`) stand, the worst first. No query beside theirs."""
    place = {state: at for at, state in enumerate(STATES)}
    return sorted((standing_of(each, now=now) for each in found), key=lambda each: place[each.state])


def standing_of(expectation: Expectation, *, now: datetime) -> Standing:
    """The one rule: what the newest check of today's terms found, unless too long ago; without one it is not known."""
    rows = expectation.newest  # type: ignore[attr-defined]
    if not rows:
        waiting = expectation.kind == Expectation.Kind.POSTED
        return Standing(
            expectation, UNKNOWN, words=_("No result was posted yet.") if waiting else _("Not checked yet.")
        )
    at = datetime.fromisoformat(rows[0]["at"])
    value = None if rows[0]["value"] is None else float(rows[0]["value"])
    kept = {"at": at, "value": value, "link": rows[0]["link"]}
    if old := _too_old(expectation, at, now):
        return Standing(expectation, UNKNOWN, words=old, **kept)
    return Standing(expectation, rows[0]["outcome"], words=rows[0]["words"], **kept)


def checks(expectation: Expectation) -> QuerySet[ExpectationCheck]:
    """All that its checks found, the newest first."""
    found: QuerySet[ExpectationCheck] = ExpectationCheck.objects.filter(expectation=expectation)
    return found.select_related("by__user")


def _too_old(expectation: Expectation, at: datetime, now: datetime) -> str:
    """Say why the newest check says nothing any more; empty while it does."""
    if expectation.lasts_days is not None:
        days = (now - at).days
        words = ngettext("The last result is %(n)d day old.", "The last result is %(n)d days old.", days)
        return words % {"n": days} if now - at > timedelta(days=expectation.lasts_days) else ""
    seen = expectation.checked_at or at
    is_old = now - seen > MISSED_CHECKS * timedelta(minutes=expectation.every_minutes)
    return _("It was not checked for too long.") if is_old else ""
