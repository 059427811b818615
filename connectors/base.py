"""What a kind of connected system promises: plain records from plain settings. Nothing here touches the database."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from cxhub.lib.periods import Grain, Period, period_of
from insights.measures.base import AnyMeasure, Scale

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class SetupProblem(Exception):
    """A person must act first: the sentence says what to do. Shown on the connection; not tried again by itself."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class TryLater(Exception):
    """The other side cannot answer now. Tried again by itself, not before `after_seconds` where that is given."""

    def __init__(self, sentence: str, after_seconds: int | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.after_seconds = after_seconds


@dataclass(frozen=True)
class Problem:
    """One thing wrong with the settings of a feed: the field of the form, and a sentence that says what to do."""

    field: str
    sentence: str


@dataclass(frozen=True)
class Calendar:
    """How the workspace counts days: its zone, the first day of its week, the first month of its year."""

    zone: ZoneInfo
    week_start: int = 0
    fiscal_year_start: int = 1

    def period(self, day: date, grain: Grain) -> Period:
        """Return the period of the workspace around a day."""
        return period_of(day, grain, week_start=self.week_start, fiscal_year_start=self.fiscal_year_start)


class Place(NamedTuple):
    """What a row is about, by name. Empty text: the source does not say."""

    touchpoint: str
    channel: str = ""
    department: str = ""
    stage: str = ""


class Answer(NamedTuple):
    """One person asked one question once. A score of None is no answer."""

    place: Place
    day: date
    score: int | None
    weight: float | None = None
    is_asked: bool = True
    """The person was asked. False where an empty cell means that nobody asked."""
    is_blank: bool = False
    """The cell was empty, as against a code for "no answer"."""


class Ready(NamedTuple):
    """A value that the source has computed for the period around a day."""

    row: int
    place: Place
    day: date
    value: float
    answered: int | None = None
    asked: int | None = None


class Rejected(NamedTuple):
    """A row that cannot be used: its number in the source, what stands there, and why not."""

    row: int
    reason: str
    value: str = ""


Record = Answer | Ready | Rejected


@dataclass(frozen=True)
class Plan:
    """What a feed's records fill: the measures of each touchpoint, how their numbers count, and one map."""

    measures: tuple[AnyMeasure, ...]
    scale: Scale | None
    holds_answers: bool = True
    """Records are answers, to be added up; otherwise they are ready values."""
    grain: Grain = Grain.DAY
    is_weighted: bool = False
    knows_asked: bool = False
    """The source holds everybody who was asked, so that asked is answered and unanswered together."""
    blank_year_is_not_asked: bool = False
    replaces_all: bool = False
    """A new delivery replaces everything the feed said before, not just the periods it contains."""
    map_title: str = ""
    phase_id: int | None = None


class Connector(Protocol):
    """A kind of connected system. Settings are the JSON that its form made; they are data, not to be trusted."""

    kind: str
    name: "StrOrPromise"

    def plan(self, settings: Mapping[str, Any]) -> Plan:
        """Return what the feed fills. Raises SetupProblem."""

    def records(self, settings: Mapping[str, Any], content: Iterable[bytes], calendar: Calendar) -> Iterator[Record]:
        """Yield every row of the content once, in order, in bounded memory. Raises SetupProblem, TryLater."""
