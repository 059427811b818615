"""How KPIs and readings look in JSON. Every field is listed; a number that is not known is null, never 0."""

from rest_framework import serializers

from insights.measures.telling import Tells


class Subject(serializers.Serializer):
    """What the KPI is about."""

    type = serializers.ChoiceField(["touchpoint", "stage", "map", "workspace"])
    id = serializers.IntegerField(allow_null=True)
    name = serializers.CharField()


class Shown(serializers.Serializer):
    """The period the value is of. It is an earlier one than asked for where that has no value (`is_fallback`)."""

    grain = serializers.ChoiceField(["day", "week", "month", "quarter", "year"])
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    is_fallback = serializers.BooleanField()


class Freshness(serializers.Serializer):
    """How old the numbers are: stale past twice the source's interval, with the reason in words."""

    state = serializers.ChoiceField(["fresh", "stale", "historical"])
    reason = serializers.CharField(allow_blank=True)
    refreshed_at = serializers.DateTimeField(allow_null=True)
    data_through = serializers.DateField(allow_null=True)


class KpiSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    measure = serializers.CharField()
    name = serializers.CharField()
    unit = serializers.CharField(allow_blank=True)
    direction = serializers.ChoiceField(["higher", "lower"])
    is_outcome = serializers.BooleanField(help_text="It sets the health of its touchpoint.")
    tells = serializers.ChoiceField(
        list(Tells), allow_blank=True, help_text="What it tells of its channel; empty: nothing that is compared."
    )
    subject = Subject()
    period = Shown()
    value = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True, help_text="Lower end of the 95 % interval.")
    high = serializers.FloatField(allow_null=True, help_text="Upper end of the 95 % interval.")
    weighted_value = serializers.FloatField(allow_null=True)
    answered = serializers.IntegerField(allow_null=True)
    asked = serializers.IntegerField(allow_null=True, help_text="0: nobody was asked. null: not known.")
    response_rate = serializers.FloatField(allow_null=True, help_text="answered / asked, 0 to 1.")
    target = serializers.FloatField(allow_null=True)
    status = serializers.CharField()
    would_be = serializers.CharField(allow_blank=True, help_text="Of a provisional value, if its period ended now.")
    trust = serializers.ChoiceField(["certified", "unconfirmed", "disputed"])
    is_official = serializers.BooleanField(
        help_text="Chosen as the one that counts among several sources of this number."
    )
    owner = serializers.CharField(allow_blank=True)
    source = serializers.CharField()
    freshness = Freshness()


class Restated(serializers.Serializer):
    at = serializers.DateTimeField()
    old_value = serializers.FloatField()
    new_value = serializers.FloatField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)


class ReadingSerializer(serializers.Serializer):
    grain = serializers.CharField()
    starts_on = serializers.DateField()
    segment = serializers.CharField(allow_blank=True)
    value = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    weighted_value = serializers.FloatField(allow_null=True)
    answered = serializers.IntegerField(allow_null=True)
    asked = serializers.IntegerField(allow_null=True)
    written_at = serializers.DateTimeField()
    is_official = serializers.BooleanField(help_text="Of a KPI that is the official one.")
    restated = Restated(many=True)
