"""How findings look in JSON, and what may be sent: every field of journeys/finding_fields.py, listed."""

from typing import Any

from rest_framework import serializers

from journeys.api.serializers import Named
from journeys.measures import opportunity_score
from journeys.models import Evidence, Finding
from journeys.queries.findings import ORDERS
from orgs.api.asking import Id, Strict

SORTS = [sign + name for name in ORDERS for sign in ("", "-")]


class FindingSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    version = serializers.IntegerField()
    kind = serializers.ChoiceField(Finding.Kind.choices)
    name = serializers.CharField()
    description = serializers.CharField()
    owner = Named(allow_null=True)
    evidence = serializers.CharField()
    source = serializers.CharField(help_text="Where it is known from.")
    importance = serializers.IntegerField(allow_null=True, help_text="Of a need, 1 to 10.")
    satisfaction = serializers.IntegerField(allow_null=True, help_text="Of a need, 1 to 10.")
    opportunity_score = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()
    archived_at = serializers.DateTimeField(allow_null=True)
    merged_into = serializers.IntegerField(
        source="merged_into_id", allow_null=True, help_text="The id of the finding in which this one lives on."
    )

    def get_opportunity_score(self, finding: Finding) -> int | None:
        return opportunity_score(finding.importance, finding.satisfaction)


class FindingChanges(Strict):
    """What may be changed. The owner is sent as the id of a member; null or "" empties a field."""

    name = serializers.CharField(max_length=200)
    description = serializers.CharField(max_length=5000, allow_blank=True)
    owner = Id(allow_null=True)
    evidence = serializers.ChoiceField(Evidence.choices, allow_blank=True)
    source = serializers.CharField(max_length=500, allow_blank=True)
    importance = serializers.IntegerField(min_value=1, max_value=10, allow_null=True, help_text="Of a need alone.")
    satisfaction = serializers.IntegerField(min_value=1, max_value=10, allow_null=True, help_text="Of a need alone.")


class NewFinding(FindingChanges):
    """A finding to make: its kind and name, and whatever else is known."""

    kind = serializers.ChoiceField(Finding.Kind.choices)

    def get_fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = super().get_fields()
        for name, field in fields.items():
            field.required = name in {"name", "kind"}
        return fields


class FindingQuery(Strict):
    """The filters of the list, as on its page."""

    q = serializers.CharField(required=False, max_length=200, help_text="Words of its name, description or source.")
    kind = serializers.ChoiceField(Finding.Kind.choices, required=False)
    evidence = serializers.ChoiceField([*Evidence.values, "none"], required=False, help_text="none: not said.")
    owner = serializers.RegexField(r"^([0-9]{1,18}|none)$", required=False, help_text="A member's id, or none.")
    map = serializers.RegexField(r"^([0-9]{1,18}|none)$", required=False, help_text="An id, or none: on no map.")
    archived = serializers.ChoiceField(["yes"], required=False, help_text="The archived ones instead of those in use.")
    sort = serializers.ChoiceField(SORTS, required=False, help_text="Pages are numbered then; else by cursor, by id.")
