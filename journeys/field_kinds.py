"""The kinds of fields that a record can have: how each is sent, checked, kept in history, shown and filed.

A value has four forms: `clean` makes it from what somebody sent, `told` is what an audit entry keeps, `words` is for
people, `cell` is for a file.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from journeys.models import System, Touchpoint
from journeys.name_cells import joined
from orgs.models import Member

Words = str | Promise
YES = {"yes", "true", "1", "on", "x"}
NO = {"no", "false", "0", "off", ""}


class BadValue(ValueError):
    """A value that a field cannot take; the sentence says what to give instead."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """A text of one line. The other kinds build on it."""

    key: str
    label: Words
    named: Words  # as it stands in a sentence: "Lea changed the promise"
    help: Words = ""
    is_required: bool = False
    longest: int = 200
    kind: str = "text"
    is_for_many: bool = False  # whether one value makes sense for many touchpoints at once

    def value_of(self, touchpoint: Touchpoint) -> Any:
        return getattr(touchpoint, self.key)

    def clean(self, raw: Any) -> Any:
        """Return the value that somebody's words mean. Raises BadValue."""
        text = " ".join(_text(raw).split())
        return self._within(text)

    def check(self, value: Any) -> None:
        """Refuse a new value that was fine once and is no more. Raises BadValue."""

    def told(self, value: Any) -> Any:
        return value

    def untold(self, told: Any) -> Any:
        """Return what `clean` takes, from what an audit entry kept."""
        return told

    def is_same(self, told: Any, other: Any) -> bool:
        return bool(told == other)

    def words(self, told: Any) -> str:
        return str(told or "")

    def cell(self, value: Any) -> str:
        return str(value or "")

    def options(self) -> list[tuple[str, str]]:
        """Return what there is to choose from: (what to send, what to show). Empty when anything may be typed."""
        return []

    def _within(self, text: str) -> str:
        if self.is_required and not text:
            raise BadValue(_("This cannot be empty."))
        if len(text) > self.longest:
            raise BadValue(
                _("Use at most %(most)d characters; this has %(count)d.") % {"most": self.longest, "count": len(text)}
            )
        return text


@dataclass(frozen=True, kw_only=True)
class LongText(Field):
    longest: int = 5000
    kind: str = "long_text"

    def clean(self, raw: Any) -> str:
        lines = _text(raw).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return self._within("\n".join(line.rstrip() for line in lines).strip())


@dataclass(frozen=True, kw_only=True)
class Choice(Field):
    choices: Any
    kind: str = "choice"
    is_for_many: bool = True

    def clean(self, raw: Any) -> str:
        text = _text(raw).strip().casefold()
        if not text:
            return ""
        with override("en"):
            english = {str(label).casefold(): value for value, label in self.choices}
        known = english | {str(label).casefold(): value for value, label in self.choices}
        known |= {value: value for value, _label in self.choices}
        if text not in known:
            raise BadValue(
                _("Choose one of: %(names)s.") % {"names": ", ".join(str(label) for _v, label in self.choices)}
            )
        return str(known[text])

    def words(self, told: Any) -> str:
        return str(dict(self.choices).get(told, told or ""))

    cell = words

    def options(self) -> list[tuple[str, str]]:
        return [("", _("Not said yet")), *((value, str(label)) for value, label in self.choices)]


@dataclass(frozen=True, kw_only=True)
class Flag(Field):
    kind: str = "flag"
    is_for_many: bool = True

    def clean(self, raw: Any) -> bool:
        text = _text(raw).strip().casefold()
        if text in YES | {_("Yes").casefold()}:
            return True
        if text in NO | {_("No").casefold()}:
            return False
        raise BadValue(_("Write yes or no."))

    def words(self, told: Any) -> str:
        return _("Yes") if told else _("No")

    cell = words

    def options(self) -> list[tuple[str, str]]:
        return [("yes", _("Yes")), ("no", _("No"))]


@dataclass(frozen=True, kw_only=True)
class Scale(Field):
    kind: str = "scale"
    is_for_many: bool = True
    top: int = 5  # from 1 to this

    def clean(self, raw: Any) -> int | None:
        text = _text(raw).strip()
        if not text:
            return None
        if text not in {str(n) for n in self._steps}:
            raise BadValue(_("Give a number from 1 to %(top)d, or nothing.") % {"top": self.top})
        return int(text)

    def options(self) -> list[tuple[str, str]]:
        return [("", _("Not said yet")), *((str(n), self.words(n)) for n in self._steps)]

    def words(self, told: Any) -> str:
        return _("%(n)s of %(top)d") % {"n": told, "top": self.top} if told else ""

    @property
    def _steps(self) -> range:
        return range(1, self.top + 1)


@dataclass(frozen=True, kw_only=True)
class Day(Field):
    kind: str = "day"
    is_for_many: bool = True

    def clean(self, raw: Any) -> date | None:
        text = _text(raw).strip()
        if not text:
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise BadValue(_("Write the day as year-month-day, such as 2026-03-31.")) from None
        if not 1900 <= day.year <= 2199:
            raise BadValue(_("Give a day between 1900 and 2199."))
        return day

    def told(self, value: Any) -> Any:
        return value.isoformat() if value else None

    def words(self, told: Any) -> str:
        return date_format(date.fromisoformat(told), "j M Y") if told else ""

    def cell(self, value: Any) -> str:
        return value.isoformat() if value else ""


@dataclass(frozen=True, kw_only=True)
class Record(Field):
    """A key to another record of the workspace. Sent as its id; a row itself is taken as it is."""

    model: Any
    open_rows: Callable[[], Any]  # those that may be chosen today
    name_of: Callable[[Any], str] = str
    kind: str = "record"
    is_for_many: bool = True

    def clean(self, raw: Any) -> Any:
        if isinstance(raw, self.model):
            return raw
        text = _text(raw).strip()
        if not text:
            return None
        found = self.open_rows().model.objects.filter(pk=_id(text)).first()
        if found is None:
            raise BadValue(_("Choose one from the list."))
        return found

    def check(self, value: Any) -> None:
        if value is not None and not self.open_rows().filter(pk=value.pk).exists():
            raise BadValue(_("“%(name)s” can no longer be chosen.") % {"name": value})

    def told(self, value: Any) -> Any:
        return {"id": value.pk, "name": str(value)} if value else None

    def untold(self, told: Any) -> Any:
        return str(told["id"]) if told else ""

    def is_same(self, told: Any, other: Any) -> bool:
        return (told or {}).get("id") == (other or {}).get("id")

    def words(self, told: Any) -> str:
        if isinstance(told, str):  # entries of touchpoints that files made once held the name alone
            return told
        return str(told["name"]) if told else ""

    def cell(self, value: Any) -> str:
        return self.name_of(value) if value else ""

    def options(self) -> list[tuple[str, str]]:
        return [
            ("", _("Nobody") if self.model is Member else _("Not said yet")),
            *((str(row.pk), str(row)) for row in self.open_rows()),
        ]


@dataclass(frozen=True, kw_only=True)
class Systems(Field):
    """The systems a touchpoint runs on. Sent as ids; kept as links."""

    kind: str = "records"

    def value_of(self, touchpoint: Touchpoint) -> list[System]:
        return _ordered(link.system for link in touchpoint.system_links.all())

    def clean(self, raw: Any) -> list[System]:
        sent = raw if isinstance(raw, Sequence) and not isinstance(raw, str) else [raw]
        rows = [each for each in sent if isinstance(each, System)]
        ids = {_id(_text(each)) for each in sent if not isinstance(each, System) and _text(each).strip()}
        found = list(System.objects.filter(pk__in=ids)) if ids else []
        if len(found) != len(ids):
            raise BadValue(_("Choose systems from the list."))
        return _ordered({system.pk: system for system in [*rows, *found]}.values())

    def told(self, value: Any) -> Any:
        return [{"id": system.pk, "name": system.name} for system in value]

    def untold(self, told: Any) -> Any:
        return [str(each["id"]) for each in told]

    def is_same(self, told: Any, other: Any) -> bool:
        return sorted(each["id"] for each in told) == sorted(each["id"] for each in other)

    def words(self, told: Any) -> str:
        return ", ".join(each["name"] for each in told)

    def cell(self, value: Any) -> str:
        return joined(system.name for system in value)

    def options(self) -> list[tuple[str, str]]:
        return [(str(row.pk), row.name) for row in System.objects.all()]


def _ordered(systems: Iterable[System]) -> list[System]:
    return sorted(systems, key=lambda system: (system.name, system.pk))


def _text(raw: Any) -> str:
    return "" if raw is None else str(raw).replace("\0", "")


def _id(text: str) -> int:
    clean = text.strip()
    if not (clean.isascii() and clean.isdigit() and len(clean) < 19):
        raise BadValue(_("Choose one from the list."))
    return int(clean)
