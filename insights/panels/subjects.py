"""The pages a KPI, touchpoint or map stands on, and what it is called there."""

from django.urls import reverse

from insights.queries.names import name as name
from insights.queries.updates import Subject, about_of
from journeys.models import Map, Touchpoint


def url(slug: str, subject: Subject) -> str:
    """Return the page of the thing."""
    if isinstance(subject, Touchpoint):
        return reverse("touchpoint", args=[slug, subject.pk])
    if isinstance(subject, Map):
        return reverse("map", args=[slug, subject.pk])
    return reverse("kpi", args=[slug, subject.pk])


def updates_url(slug: str, subject: Subject) -> str:
    return reverse(f"{about_of(subject)}_updates", args=[slug, subject.pk])


def ask_url(slug: str, subject: Subject) -> str:
    return reverse(f"{about_of(subject)}_update_requests", args=[slug, subject.pk])
