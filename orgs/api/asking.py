"""What a program sends, checked name by name: a misspelt field or filter is refused, not passed over in silence."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

MOST_NAMED = 10  # of the names that nobody knows
LONGEST_NAME = 100


class Strict(serializers.Serializer):
    """A serializer that takes the fields it lists and no other."""

    def to_internal_value(self, data: Any) -> Any:
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, Mapping) else []
        if unknown:
            told = [_("There is no field of this name here. Check how it is spelt, or leave it out.")]
            raise serializers.ValidationError({name[:LONGEST_NAME]: told for name in unknown[:MOST_NAMED]})
        return super().to_internal_value(data)


class Id(serializers.IntegerField):
    """The id of another record."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=1, max_value=2**63 - 1, **options)
