"""Asks for each touchpoint and finding of a map's file that is not here: make it, leave it out, or use one that is."""

from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from journeys.models import Finding
from journeys.pipelines.map_import import alternatives
from journeys.pipelines.map_import.accepting import may_make
from journeys.pipelines.map_import.matching import Plan
from orgs.models import Member

MAKE, LEAVE = "make", "leave"
MOST_CHOICES, MOST_NAMES = 300, 1000
"""Of a kind of record in one form: those beyond are made where they may be. Of names to choose from while one types."""


class RecordsForm(forms.Form):
    """What becomes of each record. `instead` says it once the form is clean, as accepting.Choices takes it."""

    def ask_about(self, plan: Plan, by: Member) -> None:
        """Ask for each touchpoint and finding that is not here: make it, leave it out, or use one that is."""
        self._here = alternatives.here(plan)
        self._may_make = {part: may_make(part, by) for part in alternatives.KINDS}
        self._records: dict[str, tuple[str, Any]] = {}
        for part in alternatives.KINDS:
            for key in plan.missing(part)[:MOST_CHOICES]:
                field = f"{part}:{sha256(repr(key).encode()).hexdigest()[:16]}"
                self._records[field] = (part, key)
                self._add_record(field, part, key)

    def _add_record(self, field: str, part: str, key: Any) -> None:
        label, found = told_record(part, key), self._here[alternatives.kind_of(part, key)]
        close = found.alike(alternatives.name_of(part, key))
        ways = [(MAKE, _("Make it new"))] if self._may_make[part] else []
        alike = [(f"use:{found.rows[each].pk}", _("Use “%(name)s”") % {"name": each}) for each in close]
        ways += [*alike, (LEAVE, _("Leave it out"))]
        self.fields[field] = forms.ChoiceField(label=label, choices=ways, required=False)
        hint = {"list": f"{'-'.join(filter(None, alternatives.kind_of(part, key)))}-here", "dir": "auto"}
        self.fields[f"{field}:name"] = forms.CharField(
            label=_("Or use this one instead of “%(name)s”") % {"name": label},
            max_length=420,
            required=False,
            widget=forms.TextInput(attrs=hint),
        )

    @property
    def made_parts(self) -> list[str]:
        """The parts whose records are made unless the person chose otherwise."""
        return [part for part, may in self._may_make.items() if may]

    def records(self) -> list[dict[str, Any]]:
        """Return the records that are chosen one by one: what becomes of each, and the name of another one."""
        return [
            {"part": part, "way": self[field], "other": self[f"{field}:name"]}
            for field, (part, _key) in self._records.items()
        ]

    def lists(self) -> list[dict[str, Any]]:
        """Return the names that are offered while one types."""
        return [
            {"id": f"{'-'.join(filter(None, place))}-here", "names": list(found.rows)[:MOST_NAMES]}
            for place, found in self._here.items()
        ]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        self.instead: dict[tuple[str, Any], Any] = {}
        for field, (part, key) in self._records.items():
            way, name = given.get(field, ""), given.get(f"{field}:name", "")
            found = self._here[alternatives.kind_of(part, key)]
            if name:
                meant = found.called(name)
                if meant is None:
                    self.add_error(f"{field}:name", _("None in use here is called so, or several are. Choose one."))
                self.instead[part, key] = meant
            elif way.startswith("use:"):
                self.instead[part, key] = next(row for row in found.rows.values() if f"use:{row.pk}" == way)
            elif way == LEAVE or not self._may_make[part]:
                self.instead[part, key] = None
        return given


def told_record(part: str, key: Any) -> str:
    """Return how a touchpoint or finding of a file is called: with its channel, or its kind."""
    if part == "findings":
        return f"{Finding.Kind(key[0]).label}: {key[1]}"
    return f"{key[0]} · {key[1]}" if key[1] else str(key[0])
