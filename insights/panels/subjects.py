"""The pages a KPI, touchpoint or map stands on, and what it is called there."""

from django.urls import reverse

from insights.queries.names import name as name
from insights.queries.updates import Subject, about_of
from journeys.models import Map, Touchpoint


def url(slug: str, subject: Subject) -> str:
    """Return where it is shown; a KPI of no touchpoint has the page of its updates alone."""
    if isinstance(subject, Touchpoint):
        return reverse("touchpoint", args=[slug, subject.pk])
    if isinstance(subject, Map):
        return reverse("map", args=[slug, subject.pk])
    if subject.touchpoint_id:
        return f"{reverse('touchpoint', args=[slug, subject.touchpoint_id])}#kpi-{subject.pk}"
    return updates_url(slug, subject)


def updates_url(slug: str, subject: Subject) -> str:
    return reverse(f"{about_of(subject)}_updates", args=[slug, subject.pk])


def ask_url(slug: str, subject: Subject) -> str:
    return reverse(f"{about_of(subject)}_update_requests", args=[slug, subject.pk])
