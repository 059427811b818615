"""Says what is expected of a touchpoint, changes it and ends it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cxhub.lib import http
from governance.models import Expectation
from governance.models.expectations import MOST_DAYS, MOST_LIMIT_MS
from insights.models import Kpi
from journeys.models import Touchpoint
from orgs.models import Member
from orgs.services import audit

MOST_OPEN = 20
OF_KIND = {
    Expectation.Kind.NUMBER: ("kpi", "comparison", "value"),
    Expectation.Kind.PAGE: ("url", "status", "limit_ms", "every_minutes"),
    Expectation.Kind.POSTED: ("lasts_days",),
}
EMPTY = {
    "kpi": None,
    "comparison": "",
    "value": None,
    "url": "",
    "status": None,
    "limit_ms": None,
    "every_minutes": Expectation.Every.HOUR,
    "lasts_days": None,
}


class ExpectationError(Exception):
    """It cannot be done like this; str() is the sentence for the person."""


class BadExpectation(ExpectationError):
    """What is expected cannot be checked, or there are too many."""


class TermsChanged(ExpectationError):
    """Somebody changed it after the person read it."""


class IsOver(ExpectationError):
    """It was ended."""


@transaction.atomic
def expect(
    *, touchpoint: Touchpoint, kind: str, sentence: str, by: Member, now: datetime, **values: Any
) -> Expectation:
    """Expect something of a touchpoint. Numbers and pages are checked at once, test tools are waited for.

    `values`: kpi, comparison and value; url, status, limit_ms and every_minutes; or lasts_days. Raises BadExpectation.
    """
    held = Touchpoint.objects.select_for_update(no_key=True).get(pk=touchpoint.pk)
    if held.archived_at:
        raise BadExpectation(_("%(name)s is archived. Restore it first.") % {"name": held})
    if Expectation.objects.filter(touchpoint=held, ended_at=None).count() >= MOST_OPEN:
        raise BadExpectation(_("A touchpoint has at most %(most)d expectations. End one first.") % {"most": MOST_OPEN})
    wanted = _cleaned(held, kind, values)
    given = {"sentence": _said(sentence), "kind": kind, "by": by, "at": now, "next_at": _first(kind, now)}
    made: Expectation = Expectation.objects.create(touchpoint=held, **given, **wanted)
    _record("expect", made, by, after=_told(made))
    return made


@transaction.atomic
def change(
    *, expectation: Expectation, terms: int, sentence: str, by: Member, now: datetime, **values: Any
) -> Expectation:
    """Change the sentence, or what is checked, which begins anew then: what was found before says nothing of it.

    `terms` is the count that the person saw. Raises TermsChanged, IsOver, BadExpectation.
    """
    held = _held(expectation)
    if held.terms != terms:
        raise TermsChanged(_("It was changed after you opened this page. Read it, then change it."))
    before, wanted = _told(held), _cleaned(held.touchpoint, held.kind, values)
    is_new = any(getattr(held, name) != value for name, value in wanted.items())
    for name, value in {"sentence": _said(sentence), **wanted}.items():
        setattr(held, name, value)
    if is_new:
        held.terms += 1
        held.next_at, held.claimed_until = _first(held.kind, now), None
        held.checked_at = held.failing_since = None
    held.save()
    if before != _told(held):
        _record("change_expectation", held, by, before=before, after=_told(held))
    return held


@transaction.atomic
def end(*, expectation: Expectation, by: Member, now: datetime) -> Expectation:
    """Expect it no more: it is not checked again, and its history stays. Raises IsOver."""
    held = _held(expectation)
    held.ended_at, held.ended_by, held.next_at, held.failing_since = now, by, None, None
    held.save()
    _record("end_expectation", held, by)
    return held


def _held(expectation: Expectation) -> Expectation:
    rows = Expectation.objects.select_for_update(of=("self",)).select_related("touchpoint", "kpi")
    found: Expectation = rows.get(pk=expectation.pk)
    if found.ended_at:
        raise IsOver(_("This was ended meanwhile."))
    return found


def _said(sentence: str) -> str:
    said = " ".join(sentence.split())
    if not said:
        raise BadExpectation(_("Say in a sentence what is expected."))
    return said


def _first(kind: str, now: datetime) -> datetime | None:
    return None if kind == Expectation.Kind.POSTED else now


def _cleaned(touchpoint: Touchpoint, kind: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return every field of what is checked, those of other kinds empty. Raises BadExpectation."""
    wanted = {**EMPTY, **{name: values[name] for name in OF_KIND[Expectation.Kind(kind)] if name in values}}
    if kind == Expectation.Kind.NUMBER:
        kpi = wanted["kpi"]
        if not isinstance(kpi, Kpi) or kpi.touchpoint_id != touchpoint.pk:
            raise BadExpectation(_("Choose a number of this touchpoint."))
    if kind == Expectation.Kind.PAGE:
        _check_page(wanted)
    if kind == Expectation.Kind.POSTED and not 1 <= (wanted["lasts_days"] or 0) <= MOST_DAYS:
        raise BadExpectation(_("A result counts for 1 to %(most)d days.") % {"most": MOST_DAYS})
    return wanted


def _check_page(wanted: dict[str, Any]) -> None:
    try:
        http.check(wanted["url"])
    except http.Refused as refused:
        raise BadExpectation(refused.sentence) from None
    status, limit = wanted["status"] or 0, wanted["limit_ms"] or 0
    if not 200 <= status <= 599 or status in range(300, 400):
        raise BadExpectation(
            _("Redirects are followed. Expect the status of the last page: 200 to 299, or 400 to 599.")
        )
    if not 1 <= limit <= MOST_LIMIT_MS:
        raise BadExpectation(_("Use 1 to %(most)d milliseconds.") % {"most": MOST_LIMIT_MS})


def _record(action: str, held: Expectation, by: Member, **told: Any) -> None:
    audit.record(f"expectation.{action}", held, by=by, **told)
    audit.record(f"touchpoint.{action}", held.touchpoint, by=by, after={"expectation": held.sentence})


def _told(held: Expectation) -> dict[str, Any]:
    names = ("sentence", "kpi_id", "comparison", "value", "url", "status", "limit_ms", "every_minutes", "lasts_days")
    return {name: getattr(held, name) for name in names}
