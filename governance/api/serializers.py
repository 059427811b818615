"""What programs post about what is live, and what they read of it. Every field is listed."""

from typing import Any

from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from governance.models import Expectation, ExpectationCheck
from governance.models.expectations import LONGEST_RUN, LONGEST_URL, LONGEST_WORDS
from governance.models.releases import LONGEST_LINK, LONGEST_NAME, LONGEST_TEXT
from orgs.api.asking import Id, Strict

MOMENT = {"invalid": _("Write the moment as 2026-05-12T14:30:00Z.")}


WEB = URLValidator(schemes=["http", "https"])


def check_link(text: str) -> None:
    """Refuse what is no link that people open: http or https, and nothing else."""
    WEB(text)


def _link(longest: int) -> Any:
    return serializers.CharField(required=False, allow_blank=True, max_length=longest, validators=[check_link])


class NewRelease(Strict):
    name = serializers.CharField(max_length=LONGEST_NAME, help_text="The version; a touchpoint has each name once.")
    released_at = serializers.DateTimeField(
        required=False, error_messages=MOMENT, help_text="When it went live; now unless said."
    )
    text = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST_TEXT)
    link = _link(LONGEST_LINK)


class ReleaseSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    touchpoint = serializers.IntegerField(source="touchpoint_id")
    name = serializers.CharField()
    released_at = serializers.DateTimeField()
    text = serializers.CharField()
    link = serializers.CharField()


class Result(Strict):
    """What a run found, whoever says it."""

    outcome = serializers.ChoiceField(["pass", "fail"])
    detail = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST_WORDS)
    link = _link(LONGEST_URL)
    at = serializers.DateTimeField(
        required=False, error_messages=MOMENT, help_text="When the run ended; now unless said."
    )


class NewResult(Result):
    run = serializers.CharField(
        max_length=LONGEST_RUN, help_text="The name of the run; the same run posted again is noted once."
    )


class ResultSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    expectation = serializers.IntegerField(source="expectation_id")
    outcome = serializers.ChoiceField(["pass", "fail", "unknown"])
    detail = serializers.CharField(source="words")
    link = serializers.CharField()
    at = serializers.DateTimeField()
    value = serializers.FloatField(allow_null=True, help_text="The number, or the milliseconds that a page took.")
    is_of_earlier_terms = serializers.SerializerMethodField(help_text="It says nothing of the rule as it is today.")

    def get_is_of_earlier_terms(self, found: ExpectationCheck) -> bool:
        return bool(found.terms != found.expectation.terms)


class ExpectationQuery(Strict):
    touchpoint = Id(required=False, help_text="Of this touchpoint alone.")
    kind = serializers.ChoiceField(Expectation.Kind.choices, required=False)


class Terms(serializers.Serializer):
    """What is checked; null or empty what is of other kinds."""

    kpi = serializers.IntegerField(source="kpi_id", allow_null=True)
    comparison = serializers.ChoiceField(Expectation.Comparison.choices, allow_blank=True)
    value = serializers.FloatField(allow_null=True)
    url = serializers.CharField(allow_blank=True)
    status = serializers.IntegerField(allow_null=True)
    limit_ms = serializers.IntegerField(allow_null=True)
    every_minutes = serializers.IntegerField()
    lasts_days = serializers.IntegerField(allow_null=True)


class StandingSerializer(serializers.Serializer):
    """An expectation, and how it stands."""

    id = serializers.IntegerField(source="expectation.pk")
    touchpoint = serializers.IntegerField(source="expectation.touchpoint_id")
    sentence = serializers.CharField(source="expectation.sentence")
    kind = serializers.ChoiceField(Expectation.Kind.choices, source="expectation.kind")
    terms = Terms(source="expectation")
    state = serializers.ChoiceField(["pass", "fail", "unknown"])
    detail = serializers.CharField(
        source="words", allow_blank=True, help_text="What was found, or why it is not known."
    )
    at = serializers.DateTimeField(allow_null=True, help_text="When that was found; null before the first check.")
    value = serializers.FloatField(allow_null=True, help_text="The number, or the milliseconds that a page took.")
    link = serializers.CharField(allow_blank=True)
    failing_since = serializers.DateTimeField(allow_null=True)
