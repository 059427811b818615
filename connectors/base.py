"""What a kind of connected system promises: plain records from plain settings. Nothing here touches the database."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, runtime_checkable
from zoneinfo import ZoneInfo

from cxhub.lib.periods import Grain, Period, period_of
from insights.measures.base import AnyMeasure, Scale
from insights.measures.parts import Parts

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

    def to_json(self) -> list[str | int]:
        """Return plain values: the zone's name, the week's first day, the year's first month."""
        return [str(self.zone), self.week_start, self.fiscal_year_start]


class Place(NamedTuple):
    """What a row is about, by name. Empty text: the source does not say; without a touchpoint it is the workspace."""

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


class Added(NamedTuple):
    """What the source has added up itself for the period around a day, in parts that go on adding up."""

    place: Place
    day: date
    parts: Parts


class Corrected(NamedTuple):
    """Why the source says something else now of days that it spoke of before. No row; stands in restatements."""

    because: str


class Moved(NamedTuple):
    """Made-up days moved along with today: no number is restated. Any other kind's past is marked all the same."""


class Rejected(NamedTuple):
    """A row that cannot be used: its number in the source, what stands there, and why not."""

    row: int
    reason: str
    value: str = ""


class Checked(NamedTuple):
    """What became of the control totals of a source: how many agree, and a sentence for each that does not. No row."""

    agreed: int
    differences: tuple[str, ...] = ()


Record = Answer | Ready | Added | Rejected | Checked | Corrected | Moved


@dataclass(frozen=True)
class Plan:
    """What a feed's records fill: the measures of each touchpoint, how their numbers count, and one map."""

    measures: tuple[AnyMeasure, ...]
    scale: Scale | None
    holds_answers: bool = True
    """Records are answers, to be added up; otherwise they are ready values."""
    holds_parts: bool = False
    """Records are parts that the source added up itself; neither answers nor ready values."""
    grain: Grain = Grain.DAY
    is_weighted: bool = False
    knows_asked: bool = False
    """The source holds everybody who was asked, so that asked is answered and unanswered together."""
    blank_year_is_not_asked: bool = False
    replaces_all: bool = False
    """A new delivery replaces everything the feed said before, not just the periods it contains."""
    map_title: str = ""
    phase_id: int | None = None
    same_as: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """Touchpoints that the source calls by another name: (name, channel), both case-folded, to the touchpoint's id."""


class Days(NamedTuple):
    """A range of days of the workspace's calendar, both ends included."""

    first: date
    last: date


def _at_once() -> None:
    """Wait for nobody."""


@dataclass(frozen=True)
class Ask:
    """What a run asks a system for, besides the settings of the feed."""

    now: datetime
    cursor: Mapping[str, Any] = field(default_factory=dict)
    """What the last run that landed reached; empty the first time, and when days are asked for."""
    days: Days | None = None
    """Backfill: these days and no others, whatever the cursor says."""
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What the connection keeps encrypted, in the clear, by field name. Never in a sentence, a cursor or a log."""
    turn: Callable[[], None] = _at_once
    """Call it before each request: it waits as long as the connection's rate limit wants."""


class Reached(NamedTuple):
    """How far a system has been read: plain JSON, kept with the figures when they land. The last one counts."""

    cursor: Mapping[str, Any]


@dataclass(frozen=True)
class DataSheet:
    """What a security review asks about a kind of connected system: sentences, each true of the code beside it."""

    purpose: "StrOrPromise"
    """What the kind does, in one sentence."""
    rights: "Sequence[StrOrPromise]"
    """The least rights that the other side must grant."""
    hosts: "Sequence[StrOrPromise]"
    """What this installation talks to, and who may reach it."""
    fields_read: "Sequence[StrOrPromise]"
    personal_data: "Sequence[StrOrPromise]"
    stored: "Sequence[StrOrPromise]"
    """What stays here, and for how long."""
    secrets: "Sequence[StrOrPromise]"
    """How keys are kept."""
    operator: "Sequence[StrOrPromise]"
    """What whoever runs the installation can allow and limit."""


class Kind(Protocol):
    """A kind of connected system. Settings are the JSON that its form made; they are data, not to be trusted."""

    kind: str
    name: "StrOrPromise"

    def plan(self, settings: Mapping[str, Any]) -> Plan:
        """Return what the feed fills. Raises SetupProblem."""


@runtime_checkable
class Reader(Kind, Protocol):
    """A kind that reads what a person gives it."""

    def records(self, settings: Mapping[str, Any], content: Iterable[bytes], calendar: Calendar) -> Iterator[Record]:
        """Yield every row of the content once, in order, in bounded memory. Raises SetupProblem, TryLater."""


@runtime_checkable
class Puller(Kind, Protocol):
    """A kind that fetches from a system of its own accord, on a schedule."""

    def pull(self, settings: Mapping[str, Any], ask: Ask, calendar: Calendar) -> Iterator[Record | Reached]:
        """Yield every row of whole periods, in bounded memory, and how far it came. Raises SetupProblem, TryLater.

        The periods that the rows fall into are replaced, so a period begun is given whole. No row at all changes
        nothing: what was there stays.
        """


@runtime_checkable
class Receiver(Kind, Protocol):
    """A kind whose system sends of its own accord: messages come in through a door, and their rows are kept."""

    def receive(
        self, settings: Mapping[str, Any], document: Any, calendar: Calendar
    ) -> Iterator[Answer | Ready | Rejected]:
        """Yield every row of one message, in order. Raises SetupProblem."""


@runtime_checkable
class SetUp(Puller, Protocol):
    """A kind that fetches and is set up on the common page of new connections, with a form of its own."""

    lead: "StrOrPromise"
    """One sentence: what it reads."""
    form: Any
    """A SetUpForm (connectors/setting_up.py): a field for each setting, under the same name."""

    def problems(self, settings: Mapping[str, Any]) -> list[Problem]:
        """Return what keeps these settings from being used; nothing when they are fine."""

    def address(self, settings: Mapping[str, Any]) -> str:
        """Return where it calls; its secrets go there and nowhere else. Empty: it calls nobody and has no secrets."""

    def secrets(self, settings: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the fields of the form that must be kept as secrets, to work with these settings."""


Connector = Reader | Puller | Receiver
