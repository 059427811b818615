"""Values of a document: each checked and made plain by a reader that says where it is wrong. No part is known here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from journeys.services import names

Path = tuple[str | int, ...]
MOST_NAMED = 100
FURTHEST = 1_000_000  # a lane's place


class BadPart(ValueError):
    """A part of the document is not what it should be: where, and what to do. `place` stands in for the path."""

    def __init__(self, path: Path, sentence: str, place: str = "") -> None:
        super().__init__(sentence)
        self.path, self.sentence, self.place = path, sentence, place

    @property
    def told(self) -> str:
        place = self.place or told(self.path)
        return f"{place}: {self.sentence}" if place else self.sentence


@dataclass
class Seen:
    """What is met on the way: ids so far, lanes by id, and what is not taken over."""

    uids: set[str] = field(default_factory=set)
    lanes: dict[str, str] = field(default_factory=dict)
    lost_lanes: set[str] = field(default_factory=set)
    left_out: dict[str, None] = field(default_factory=dict)
    step_uids: set[str] = field(default_factory=set)
    ways: set[tuple[str, str]] = field(default_factory=set)
    pictures: dict[str, bytes] = field(default_factory=dict)
    steps: int = 0


Reader = Callable[[Any, Path, Seen], Any]


def told(path: Path) -> str:
    """Return a path as people read it: stages[2].steps[0].name."""
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key[:80]}" for key in path).lstrip(".")


def read_parts(found: Mapping[str, Any], path: Path, seen: Seen, readers: Mapping[str, Reader]) -> dict[str, Any]:
    """Read each part by its reader, in the order of the readers; a reader gets None for what is not there."""
    for key in found.keys() - readers.keys():
        shape = tuple(part for part in path if isinstance(part, str))
        seen.left_out[told((*shape, key))] = None
    made = {key: reader(found.get(key), (*path, key), seen) for key, reader in readers.items()}
    return {key: value for key, value in made.items() if value is not None}


def read_object(value: Any, path: Path) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadPart(path, _("This should be an object: {…}."))
    return value


def read_listed(value: Any, path: Path, most: int) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadPart(path, _("This should be a list: […]."))
    if len(value) > most:
        raise BadPart(path, _("There are more than %(most)d. Take some away.") % {"most": most})
    return value


def a_text(longest: int) -> Reader:
    def reader(value: Any, path: Path, _seen: Seen) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            raise BadPart(path, _("This should be a text."))
        plain = value.replace("\r\n", "\n").strip()
        if len(plain) > longest:
            words = _("Use at most %(most)d characters; this has %(count)d.")
            raise BadPart(path, words % {"most": longest, "count": len(plain)})
        return plain

    return reader


def some_text(longest: int) -> Reader:
    """A text that is left out where there is none."""
    return lambda value, path, seen: a_text(longest)(value, path, seen) or None


def name(value: Any, path: Path, _seen: Seen) -> str:
    if value is not None and not isinstance(value, str):
        raise BadPart(path, _("This should be a text."))
    try:
        return names.clean(value or "")
    except names.BadName as wrong:
        raise BadPart(path, str(wrong)) from None


def some_name(value: Any, path: Path, seen: Seen) -> str:
    return name(value, path, seen) if value not in (None, "") else ""


def record_name(longest: int) -> Reader:
    def reader(value: Any, path: Path, seen: Seen) -> str:
        return str(a_text(longest)(name(value, path, seen), path, seen))

    return reader


def one_of(choices: Sequence[str], default: str = "") -> Reader:
    def reader(value: Any, path: Path, seen: Seen) -> str:
        found = str(a_text(100)(value, path, seen)) or default
        if found not in {*choices, default}:
            raise BadPart(path, _("This should be one of: %(choices)s.") % {"choices": ", ".join(choices)})
        return found

    return reader


def kind_of(choices: Sequence[str]) -> Reader:
    def reader(value: Any, path: Path, seen: Seen) -> str:
        found = str(one_of(choices)(value, path, seen))
        if not found:
            raise BadPart(path, _("This should be one of: %(choices)s.") % {"choices": ", ".join(choices)})
        return found

    return reader


def flag(value: Any, path: Path, _seen: Seen) -> bool:
    if value not in (None, True, False) or isinstance(value, int | float) and not isinstance(value, bool):
        raise BadPart(path, _("This should be true or false."))
    return bool(value)


def place(value: Any, path: Path, _seen: Seen) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= FURTHEST:
        raise BadPart(path, _("This should be a whole number from 0 to %(most)d.") % {"most": FURTHEST})
    return value


def some_id(value: Any, path: Path, _seen: Seen) -> int | None:
    """The number of a record of the workspace that the file comes from; left out where there is none."""
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**63):
        return value
    raise BadPart(path, _("This should be the number of a record."))


def uid(value: Any, path: Path, seen: Seen) -> str:
    try:
        uid = str(UUID(value))
    except (ValueError, TypeError, AttributeError):
        raise BadPart(path, _("This should be an id such as “0b5c1e0a-…” (a UUID).")) from None
    if uid in seen.uids:
        raise BadPart(path, _("This id stands twice. Give one of them another, or none."))
    seen.uids.add(uid)
    return uid


def names_of(value: Any, path: Path, seen: Seen) -> list[str]:
    found = [record_name(100)(name, (*path, at), seen) for at, name in enumerate(read_listed(value, path, MOST_NAMED))]
    return list(dict.fromkeys(found))
