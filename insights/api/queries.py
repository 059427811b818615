"""What the addresses of KPIs and readings may ask for."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from insights.measures.telling import Tells
from insights.models import Kpi
from insights.queries.periods import OFFERED
from orgs.api.asking import Id, Strict

DAY = {"invalid": _("Write the day as 2026-05-12.")}


class PeriodQuery(Strict):
    per = serializers.ChoiceField(
        [grain.value for grain in OFFERED],
        required=False,
        help_text="Length of the period; without one, each KPI's latest finished one.",
    )
    at = serializers.DateField(
        required=False,
        error_messages=DAY,
        help_text="A day of the period, of a year unless `per` says; the latest with data unless said.",
    )


class KpisQuery(PeriodQuery):
    touchpoint = Id(required=False, help_text="Of this touchpoint alone.")
    tells = serializers.ChoiceField(list(Tells), required=False, help_text="That tell this of their channel.")


class ReadingsQuery(Strict):
    grain = serializers.ChoiceField(Kpi.Grain.choices, required=False, help_text="The KPI's own unless said.")
    segment = serializers.CharField(required=False, help_text="Of this segment; of everybody unless said.")
    until = serializers.DateField(required=False, error_messages=DAY, help_text="First day of the last period.")

    def get_fields(self) -> dict[str, Any]:
        """Add "from", which Python does not take as the name of an attribute."""
        first = serializers.DateField(required=False, error_messages=DAY, help_text="First day of the first period.")
        return super().get_fields() | {"from": first}
