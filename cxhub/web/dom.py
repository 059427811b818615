"""The id of a record's fragment, the same in Python, templates and tests."""

from django.db.models import Model


def dom_id(record: Model, part: str = "") -> str:
    """Return "touchpoint-42", or "touchpoint-42-owner" for a part of it."""
    name = f"{record._meta.model_name}-{record.pk}"
    return f"{name}-{part}" if part else name
