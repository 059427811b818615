"""Expectations in words: on the page of their touchpoint, as rows of a list, and the checks of one."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.models import Expectation, ExpectationCheck
from governance.queries import expectations, expected_numbers
from governance.queries.expectations import Standing
from insights.queries import names
from journeys.models import Touchpoint
from journeys.registry import Panel
from orgs import access
from orgs.permissions import Permission

HISTORY = {
    "touchpoint.expect": gettext_lazy("%(who)s expects: “%(expectation)s”"),
    "touchpoint.change_expectation": gettext_lazy("%(who)s changed the expectation “%(expectation)s”"),
    "touchpoint.end_expectation": gettext_lazy("%(who)s ended the expectation “%(expectation)s”"),
    "touchpoint.fail_expectation": gettext_lazy("“%(expectation)s” failed: %(words)s"),
    "touchpoint.pass_expectation": gettext_lazy("“%(expectation)s” is kept again: %(words)s"),
}


def may_write(request: HttpRequest, touchpoint: Touchpoint) -> bool:
    """Say whether the person may write what is expected: whoever may edit the touchpoint, while it is in use."""
    member = request.member  # type: ignore[attr-defined]
    return touchpoint.archived_at is None and access.may(member, Permission.TOUCHPOINT_EDIT, touchpoint)


def row(request: HttpRequest, standing: Standing) -> dict[str, Any]:
    """Return one expectation as lists show it."""
    found, slug = standing.expectation, request.workspace.slug  # type: ignore[attr-defined]
    return {
        "sentence": found.sentence,
        "url": reverse("expectation", args=[slug, found.pk]),
        "touchpoint": found.touchpoint,
        "owner": str(found.touchpoint.accountable_department) if found.touchpoint.is_owned else "",
        "checked": checked_by(found),
        **said(standing),
    }


def said(standing: Standing) -> dict[str, Any]:
    """Return the state of one in words, with its mark."""
    return {
        "status": expectations.MARKS[standing.state],
        "word": expectations.STATES[standing.state],
        "why": standing.words,
        "at": standing.at,
        "since": standing.failing_since,
        "link": standing.link,
    }


def checked_by(found: Expectation) -> str:
    """Say in a few words what is checked."""
    if found.kind == Expectation.Kind.NUMBER and found.kpi:
        value = expected_numbers.figure(found.kpi, found.value)
        told = {"kpi": names.short(found.kpi), "is": found.get_comparison_display(), "value": value}
        return _("%(kpi)s is %(is)s %(value)s") % told
    if found.kind == Expectation.Kind.PAGE:
        told = {"url": found.url, "status": found.status, "limit": found.limit_ms}
        return _("%(url)s answers %(status)d within %(limit)d ms") % told
    return _("A test tool posts the results")


def check(found: ExpectationCheck, expectation: Expectation) -> dict[str, Any]:
    """Return one line of the history of checks."""
    return {
        "at": found.at,
        "status": expectations.MARKS[found.outcome],
        "word": expectations.STATES[found.outcome],
        "words": found.words,
        "link": found.link,
        "by": found.by or (_("signed") if expectation.kind == Expectation.Kind.POSTED else ""),
        "is_past": found.terms != expectation.terms,
    }


def load(request: HttpRequest, touchpoint: Touchpoint) -> Mapping[str, Any]:
    """Return what is expected of a touchpoint and how that stands, the worst first."""
    slug = request.workspace.slug  # type: ignore[attr-defined]
    standings = expectations.stand(expectations.of(touchpoint), now=timezone.now())
    may = may_write(request, touchpoint)
    return {
        "rows": [row(request, each) for each in standings],
        "new_url": reverse("expectation_new", args=[slug, touchpoint.pk]) if may else "",
        "all_url": reverse("expectations", args=[slug]),
    }


PANEL = Panel("expectations", "governance/_touchpoint_expectations.html", 62, load)
