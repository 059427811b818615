"""What a person says about a JSON API: where it is, how its pages follow, and what the fields of a row mean."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Self

from connectors import stored
from insights.measures.base import Scale

CHOICES: dict[str, tuple[str, ...]] = {
    "method": ("GET", "POST"),
    "sign_in": ("none", "bearer", "basic", "header"),
    "paging": ("none", "page", "cursor", "link"),
    "row_is": ("answer", "ready"),
    "grain": ("day", "week", "month", "quarter", "year"),
    "replaces": ("days", "feed"),
}


@dataclass(frozen=True)
class Settings:
    """One feed's instructions. Paths are JMESPath; the secret itself is kept elsewhere, encrypted."""

    url: str = ""
    method: str = "GET"
    headers: tuple[str, ...] = ()  # each like "Accept-Language: en"
    body: str = ""  # JSON that a POST carries

    sign_in: str = "none"
    sign_in_name: str = ""
    """The user of a basic sign-in, or the name of the header that carries the secret."""

    paging: str = "none"
    page_parameter: str = "page"
    first_page: int = 1
    size_parameter: str = ""
    size: int = 100
    cursor_path: str = ""
    """Where the answer says how to get the next page: a word for the cursor parameter, or a whole address."""
    cursor_parameter: str = ""

    since_parameter: str = ""
    """Asks for rows from a day on; without it every run reads everything."""
    until_parameter: str = ""
    first_day: str = ""
    late_days: int = 3
    """So many days before the last one are asked for again, since answers come in late."""

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

    replaces: str = "days"

    @property
    def scale(self) -> Scale | None:
        """The scale of the question; None when it is not given or runs backwards."""
        low, high = self.scale_low, self.scale_high
        return Scale(low, high) if low is not None and high is not None and low < high else None

    @property
    def holds_answers(self) -> bool:
        return self.row_is == "answer"

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
        return stored.checked(cls, data, CHOICES)


TYPES = {field.name: field.type for field in fields(Settings)}
ANSWER_PATHS = ("score_path",)
READY_PATHS = ("value_path", "answered_path", "asked_path")
PATH_FIELDS = tuple(name for name in TYPES if name.endswith("_path") and name != "cursor_path")
