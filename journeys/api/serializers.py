"""How touchpoints look in JSON, and what may be sent: every field of journeys/fields.py, listed."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from journeys.fields import FIELDS
from journeys.models import Touchpoint
from journeys.queries.touchpoints import ORDERS, UNSAID
from orgs.api.asking import Id, Strict

SORTS = [sign + name for name in ORDERS for sign in ("", "-")]


class Named(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField(source="*")


class TouchpointSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    description = serializers.CharField()
    promise = serializers.CharField()
    channel = Named(allow_null=True)
    systems = serializers.SerializerMethodField()
    steward = Named(allow_null=True)
    designed_by = Named(allow_null=True)
    built_by = Named(allow_null=True)
    tested_by = Named(allow_null=True)
    run_by = Named(allow_null=True)
    teams_note = serializers.CharField()
    performed_by = serializers.CharField()
    partner_name = serializers.CharField()
    automation = serializers.CharField()
    place = serializers.CharField()
    design_status = serializers.CharField()
    design_status_since = serializers.DateField(allow_null=True)
    budget_line = serializers.CharField()
    funding = serializers.CharField()
    is_moment_of_truth = serializers.BooleanField()
    importance_to_customer = serializers.IntegerField(allow_null=True)
    importance_to_company = serializers.IntegerField(allow_null=True)
    accountable_department = Named(allow_null=True)
    accountability = serializers.ChoiceField(
        Touchpoint.Accountability.choices, help_text="A department answers for it only once this is accepted."
    )
    offered_at = serializers.DateTimeField(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    decline_reason = serializers.CharField()
    created_at = serializers.DateTimeField()
    archived_at = serializers.DateTimeField(allow_null=True)
    merged_into = serializers.IntegerField(
        source="merged_into_id", allow_null=True, help_text="The id of the touchpoint in which this one lives on."
    )

    @extend_schema_field(Named(many=True))
    def get_systems(self, touchpoint: Touchpoint) -> Any:
        return Named(FIELDS["systems"].value_of(touchpoint), many=True).data


class TouchpointChanges(Strict):
    """What may be changed. Other records are sent as their ids; null or "" empties a field."""

    name = serializers.CharField(max_length=200)
    description = serializers.CharField(max_length=5000, allow_blank=True)
    promise = serializers.CharField(max_length=5000, allow_blank=True)
    channel = Id(allow_null=True)
    systems = serializers.ListField(child=Id(), max_length=200)
    steward = Id(allow_null=True)
    designed_by = Id(allow_null=True)
    built_by = Id(allow_null=True)
    tested_by = Id(allow_null=True)
    run_by = Id(allow_null=True)
    teams_note = serializers.CharField(max_length=1000, allow_blank=True)
    performed_by = serializers.ChoiceField(Touchpoint.PerformedBy.choices, allow_blank=True)
    partner_name = serializers.CharField(max_length=200, allow_blank=True)
    automation = serializers.ChoiceField(Touchpoint.Automation.choices, allow_blank=True)
    place = serializers.ChoiceField(Touchpoint.Place.choices, allow_blank=True)
    design_status = serializers.ChoiceField(Touchpoint.DesignStatus.choices, allow_blank=True)
    design_status_since = serializers.DateField(allow_null=True)
    budget_line = serializers.CharField(max_length=200, allow_blank=True)
    funding = serializers.ChoiceField(Touchpoint.Funding.choices, allow_blank=True)
    is_moment_of_truth = serializers.BooleanField()
    importance_to_customer = serializers.IntegerField(min_value=1, max_value=5, allow_null=True)
    importance_to_company = serializers.IntegerField(min_value=1, max_value=5, allow_null=True)


class NewTouchpoint(TouchpointChanges):
    """A touchpoint to make: its name, and whatever else is known."""

    department = Id(required=False, allow_null=True, help_text="The department it is offered to.")

    def get_fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = super().get_fields()
        for name, field in fields.items():
            field.required = name == "name"
        return fields


class TouchpointQuery(Strict):
    """The filters of the list, as on its page."""

    q = serializers.CharField(required=False, max_length=200, help_text="Words of its name, promise or description.")
    channel = serializers.RegexField(r"^([0-9]{1,18}|none)$", required=False, help_text="An id, or none.")
    department = Id(required=False)
    owner = serializers.ChoiceField(Touchpoint.Accountability.choices, required=False)
    steward = serializers.RegexField(r"^([0-9]{1,18}|none)$", required=False, help_text="An id, or none.")
    design = serializers.ChoiceField(Touchpoint.DesignStatus.choices, required=False)
    funding = serializers.ChoiceField([*Touchpoint.Funding.values, UNSAID], required=False)
    moment = serializers.ChoiceField(["yes", "no"], required=False, help_text="Whether it is a moment of truth.")
    phase = Id(required=False)
    map = serializers.RegexField(r"^([0-9]{1,18}|none)$", required=False, help_text="An id, or none: on no map.")
    archived = serializers.ChoiceField(["yes"], required=False, help_text="The archived ones instead of those in use.")
    sort = serializers.ChoiceField(SORTS, required=False, help_text="Pages are numbered then; else by cursor, by id.")


class FieldChange(serializers.Serializer):
    field = serializers.CharField()
    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)


class HistoryEntry(serializers.Serializer):
    """One change, as its history tells it."""

    id = serializers.IntegerField(source="entry.pk")
    at = serializers.DateTimeField()
    who = serializers.CharField()
    origin = serializers.CharField(source="entry.origin", help_text="What acted in the person's name, such as a key.")
    action = serializers.CharField(source="entry.action")
    sentence = serializers.CharField()
    of = serializers.CharField(help_text="The merged record it happened to, if it was another one.")
    changes = serializers.SerializerMethodField()

    @extend_schema_field(FieldChange(many=True))
    def get_changes(self, line: Any) -> list[dict[str, Any]]:
        entry = line.entry
        return [
            {"field": each.key, "before": entry.before.get(each.key), "after": entry.after[each.key]}
            for each in line.changes
        ]
