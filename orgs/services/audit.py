"""Writes the audit entry of a change, in the transaction of the change."""

from typing import Any

from django.db import models

from orgs.models import AuditEntry, Member


def record(
    action: str,
    subject: models.Model,
    *,
    by: Member | None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    origin: str = "",
) -> AuditEntry:
    """Record what `by` did to `subject`. `origin` names the job that acted on the person's word."""
    return AuditEntry.objects.create(**_fields(action, subject, by, before, after, origin))


def record_many(
    action: str,
    subjects: list[Any],
    *,
    by: Member | None,
    after: dict[int, dict[str, Any]],
    before: dict[int, dict[str, Any]] | None = None,
    origin: str = "",
) -> list[AuditEntry]:
    """Record the same action on many rows with one statement a thousand. `before` and `after` are keyed by row id."""
    was = before or {}
    entries = [
        AuditEntry(**_fields(action, subject, by, was.get(subject.pk), after.get(subject.pk), origin))
        for subject in subjects
    ]
    return AuditEntry.objects.bulk_create(entries, batch_size=1000)


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it: days and moments as text."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def _fields(action: str, subject: Any, by: Member | None, before: Any, after: Any, origin: str) -> dict[str, Any]:
    return {
        "actor": by,
        "origin": origin,
        "action": action,
        "subject_type": subject._meta.model_name,
        "subject_id": subject.pk,
        "subject_label": str(subject)[:300],
        "before": before or {},
        "after": after or {},
    }
