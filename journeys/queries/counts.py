"""What the workspace in scope holds of journeys and touchpoints, counted."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from journeys.models import Journey, Map, MapCell, MapVersion, Step, Touchpoint


def counted() -> list[tuple[Any, int]]:
    """Return journeys and what they are made of, archived ones too."""
    return [
        (_("Journeys"), Journey.objects.count()),
        (_("Maps"), Map.objects.count()),
        (_("Steps of maps"), Step.objects.count()),
        (_("Texts in maps"), MapCell.objects.exclude(text="").count()),
        (_("Published versions"), MapVersion.objects.count()),
        (_("Touchpoints"), Touchpoint.objects.count()),
    ]
