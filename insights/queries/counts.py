"""What the workspace in scope holds of numbers, counted."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from insights.models import Kpi, Reading, StatusUpdate


def counted() -> list[tuple[Any, int]]:
    """Return KPIs, their readings, and what owners said of them."""
    return [
        (_("KPIs"), Kpi.objects.count()),
        (_("Readings"), Reading.objects.count()),
        (_("Status updates"), StatusUpdate.objects.count()),
    ]
