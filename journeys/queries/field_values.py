"""The fields of a touchpoint or finding as its page shows them, and who changed one last."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from journeys.field_kinds import Field
from journeys.finding_fields import fields_of
from orgs.models import AuditEntry


@dataclass(frozen=True)
class Shown:
    """One field: its words ("" when it is empty), and whether they may span lines."""

    key: str
    label: str
    words: str
    is_long: bool


def shown(record: Any, keys: Iterable[str]) -> list[Shown]:
    return [one(record, key) for key in keys]


def one(record: Any, key: str) -> Shown:
    field = fields_of(record)[key]
    words = field.words(field.told(field.value_of(record)))
    return Shown(key, str(field.label), words, field.kind == "long_text")


def sent(field: Field, value: Any) -> list[str]:
    """Return a value as a form sends it: what `clean` takes, one text per chosen thing."""
    raw = field.untold(field.told(value))
    if field.kind == "flag":
        return ["yes" if raw else "no"]
    if field.kind == "records":
        return list(raw)
    return ["" if raw is None else str(raw)]


def options(field: Field, chosen: Sequence[str], words: str) -> list[tuple[str, str]]:
    """What there is to choose from, with what is chosen now: it stays even when it is offered to nobody any more."""
    offered = field.options()
    known = {value for value, _words in offered}
    return [*offered, *((value, words) for value in chosen if value not in known)]


def last_change(record: Any, key: str) -> AuditEntry | None:
    """The entry that changed the field last."""
    found = AuditEntry.objects.filter(subject_type=record._meta.model_name, subject_id=record.pk)
    return found.filter(after__has_key=key).select_related("actor__user").order_by("-pk").first()
