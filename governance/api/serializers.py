"""What programs post about what is live, and what they get back. Every field is listed."""

from typing import Any

from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from governance.models.expectations import LONGEST_RUN, LONGEST_URL, LONGEST_WORDS
from governance.models.releases import LONGEST_LINK, LONGEST_NAME, LONGEST_TEXT
from orgs.api.asking import Strict

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
