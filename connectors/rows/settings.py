"""What a person says about the rows of a JSON document: where they stand and what their fields mean."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, Self

from connectors import stored
from connectors.base import Plan
from cxhub.lib.periods import Grain
from insights.measures.base import Scale
from insights.measures.registry import measure

Choices = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class RowSettings:
    """The part of a feed's instructions that is about its rows. Paths are JMESPath."""

    CHOICES: ClassVar[Choices] = {
        "row_is": ("answer", "ready"),
        "grain": ("day", "week", "month", "quarter", "year"),
    }

    rows: str = "@"
    row_is: str = "answer"
    touchpoint_path: str = ""
    touchpoint: str = ""
    channel_path: str = ""
    channel: str = ""
    department_path: str = ""
    department: str = ""
    date_path: str = ""

    measures: tuple[str, ...] = ()
    scale_low: int | None = None
    scale_high: int | None = None
    score_path: str = ""
    holds_everybody_asked: bool = False
    value_path: str = ""
    answered_path: str = ""
    asked_path: str = ""
    grain: str = "month"

    @property
    def scale(self) -> Scale | None:
        """The scale of the question; None when it is not given or runs backwards."""
        low, high = self.scale_low, self.scale_high
        return Scale(low, high) if low is not None and high is not None and low < high else None

    @property
    def holds_answers(self) -> bool:
        return self.row_is == "answer"

    @property
    def finest(self) -> Grain:
        """The shortest period that the rows speak of."""
        return Grain.DAY if self.holds_answers else Grain(self.grain)

    def plan(self, *, replaces_all: bool = False) -> Plan:
        """Return what the rows fill."""
        return Plan(
            measures=tuple(measure(slug) for slug in self.measures),
            scale=self.scale,
            holds_answers=self.holds_answers,
            grain=self.finest,
            knows_asked=self.holds_answers and self.holds_everybody_asked,
            replaces_all=replaces_all,
        )

    def paths(self) -> dict[str, str]:
        """Return the JMESPath behind each field that is in use."""
        other_kind = READY_PATHS if self.holds_answers else ANSWER_PATHS
        named = {name: getattr(self, name) for name in PATH_FIELDS if name not in other_kind}
        return {name: path for name, path in named.items() if path}

    def changed(self, **news: Any) -> Self:
        return replace(self, **news)

    def to_json(self) -> dict[str, Any]:
        """Return plain values; the same settings always give the same ones."""
        return stored.plain(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Build settings from `to_json`; fields that are missing get their defaults. Raises SetupProblem."""
        return stored.checked(cls, data, cls.CHOICES)


ANSWER_PATHS = ("score_path",)
READY_PATHS = ("value_path", "answered_path", "asked_path")
PATH_FIELDS = tuple(field.name for field in fields(RowSettings) if field.name.endswith("_path"))
