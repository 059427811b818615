"""Saves one field from its page. A page sends a save again until it hears the answer: it counts once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from journeys.fields import FIELDS
from journeys.models import Touchpoint
from journeys.services import changes as changing
from journeys.services import touchpoints
from orgs.models import AuditEntry, Member


@dataclass(frozen=True)
class Saved:
    """The record as it is now, and the version from which its page may go on editing the field."""

    record: Any
    version: int
    changed_since: bool = False  # a repeated save was heard before, and somebody has changed the field since then


@transaction.atomic
def save(*, touchpoint: Touchpoint, key: str, raw: Any, version: int, token: str, by: Member, now: datetime) -> Saved:
    """Edit one field. The same `token` ("" for none) from the same member a second time changes nothing.

    Raises what `touchpoints.edit` raises.
    """
    kept = changing.locked().get(pk=touchpoint.pk)  # two deliveries of one save wait for each other here
    entry = heard(kept, "touchpoint.edit", token, by)
    if entry is None:
        done = touchpoints.edit(
            touchpoint=kept, version=version, changes={key: raw}, by=by, now=now, origin=origin_of(token)
        )
        return Saved(done.touchpoint, done.touchpoint.version)
    field = FIELDS[key]
    if field.is_same(field.told(field.value_of(kept)), entry.after.get(key)):
        return Saved(kept, kept.version)
    return Saved(kept, version, changed_since=True)


def heard(kept: Any, action: str, token: str, by: Member) -> AuditEntry | None:
    """Return the entry that this save of a locked record wrote already."""
    if not token:
        return None
    about = AuditEntry.objects.filter(subject_type=kept._meta.model_name, subject_id=kept.pk, action=action)
    return about.filter(actor=by, origin=origin_of(token)).first()


def origin_of(token: str) -> str:
    """Return what the audit entry of a save keeps, so that it is known when it comes again."""
    return f"Save {token}" if token else ""
