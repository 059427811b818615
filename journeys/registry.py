"""What lanes, columns and panels look like to this app. Filled in apps.py, here and higher up; imports no model."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise

EXECUTIVE, CHANNELS, BLUEPRINT, IT = "executive", "channels", "blueprint", "it"
"""Whom a map has a view for, beside the team that keeps it. Each lane names those it is for."""


@dataclass(frozen=True)
class Item:
    """One card in a cell of a map's lane."""

    text: str
    url: str = ""
    icon: str = ""
    status: str = ""
    status_word: str = ""
    value_text: str = ""
    sub_text: str = ""
    is_muted: bool = False  # the value is the last good one, not today's
    drawer: str = ""  # what its link is about, where it opens in the drawer
    id: str = ""
    move: str = ""
    """Where it is posted to which other place it goes, for those who may move it."""


@dataclass(frozen=True)
class Cell:
    """What a lane shows at one step."""

    cards: Sequence[Item] = ()
    template: str = ""
    """Shows the cell instead of its cards alone; gets it as `cell`."""
    more: Mapping[str, Any] = field(default_factory=dict)
    """What the template needs beside the cards."""


@dataclass(frozen=True)
class Lane:
    """A row of a map. `cells` gets the request and the grid, asks the database at most once, gives a cell a step."""

    key: str
    name: str | Promise
    icon: str
    position: int
    cells: Callable[[HttpRequest, Any], list[Cell]]
    is_optional: bool = False  # left out of the overview, and of a map where none of its cells has a card
    is_added: bool = False
    """Whether it stands only on maps that somebody added it to; otherwise on every map until it is hidden there."""
    hint: str | Promise = ""  # what it shows, in a sentence
    shows: str = ""
    """The kind of findings placed in it, for a lane of those."""
    audiences: Collection[str] = ()
    """In whose views of a map it stands; the team sees every lane."""


@dataclass(frozen=True)
class Score:
    """What is measured at a step, on the scale of emotions from -2 to +2, and the figures that it was made of."""

    value: float
    words: str


@dataclass(frozen=True)
class TextLane:
    """A kind of row whose cells people write. A map has none, one or several of it; each row belongs to its map."""

    key: str
    name: str | Promise
    icon: str
    position: int
    hint: str | Promise  # what belongs in a cell, in a sentence
    choices: Sequence[tuple[str, str | Promise]] = ()
    """What a cell may hold, (what is kept, what is shown); nothing for free text."""
    parts: Sequence[str | Promise] = ()
    """What a cell says, each one of the choices or nothing, kept with slashes between; nothing for one choice."""
    said: Callable[[str], str] | None = None
    """Puts what a cell keeps in words, where it has parts."""
    template: str = ""
    """Shows a cell instead of its words; gets `drawn`, what `draw` returned for it."""
    draw: Callable[[Sequence[str], Sequence[Score | None], Sequence[bool]], Sequence[Any]] | None = None
    """Takes of each step of the map, in order, what is kept ("" for nothing), what is measured there, and whether it is
    a moment of truth."""
    by_stage: Callable[[Sequence[tuple[str, Any]]], Any] | None = None
    """Draws a stage as one cell: takes of each step its name and what `draw` returned for it; None for nothing."""
    stage_template: str = ""
    """Shows what `by_stage` returned."""
    legend: Callable[[Sequence[Any]], str] | None = None
    """Says what its signs mean, of what `draw` returned."""
    is_curve: bool = False
    """Whether it is drawn from cell to cell, without a gap, and anew as a whole after one of them changes."""
    picture: Callable[[str], tuple[str, str] | None] | None = None
    """Reads the name of a picture and its alt text from what a cell keeps, in a lane of pictures."""
    is_of_persona: bool = False
    """Whether a lane of it can be of one persona of its map, and is named after that persona then."""
    audiences: Collection[str] = ()
    """In whose views of a map it stands; the team sees every lane."""

    def words(self, kept: str) -> str:
        """Return what is shown of what a cell keeps."""
        return self.said(kept) if self.said else str(dict(self.choices).get(kept, kept))


@dataclass(frozen=True)
class Columns:
    """Columns of the touchpoint list. `load` gets the request and the page's touchpoints.

    It returns `headers` (each with a label), `cells` (per touchpoint id, one per header, shown by `template`) and
    `period` (a period control, or None), and may return `seen` (see Panel). `export` gets the same and returns plain
    cells for a file: per touchpoint id a mapping of column name to value.
    """

    key: str
    template: str
    load: Callable[[HttpRequest, Sequence[Any]], Mapping[str, Any]]
    export: Callable[[HttpRequest, Sequence[Any]], Mapping[int, Mapping[str, Any]]]


@dataclass(frozen=True)
class Panel:
    """A part of a page about one record: its template, and what fills it.

    `load` may give `seen`, a text that changes when what the panel shows does by itself: the page then asks again
    while it is open, and `polled` is the template of what has changed.
    """

    key: str
    template: str
    position: int
    load: Callable[[HttpRequest, Any], Mapping[str, Any]]
    polled: str = ""


@dataclass(frozen=True)
class Said:
    """What a higher app says of one map: a value to narrow by, words, and where they lead. The worst has place 0."""

    value: str
    place: tuple[Any, ...]
    status: str
    word: str
    detail: str
    url: str
    is_quiet: bool
    """It asks for nobody: drawn without a fill, so that what does stands out."""


@dataclass(frozen=True)
class MapColumn:
    """A column of the list of maps, which the list is also sorted and narrowed by. `detail` names what stands below.

    `load` gets the request and ids of maps, and returns what is said of those of which anything is, with as many
    queries for a thousand as for one. `period` returns the period control that goes with it, where there is one.
    """

    key: str
    label: str | Promise
    detail: str | Promise
    choices: Sequence[tuple[str, str | Promise]]
    load: Callable[[HttpRequest, Collection[int]], Mapping[int, Said]]
    period: Callable[[HttpRequest], Mapping[str, Any]] | None = None


USE, COST, SATISFACTION, EFFORT = "use", "cost", "satisfaction", "effort"
PREFERENCE, PARTICIPATION, SIGNAL = "preference", "participation", "signal"
"""What is known of a channel side by side, where it is measured."""


@dataclass(frozen=True)
class ChannelFigure:
    """A number of a channel: `value` orders and judges it, the rest is ready to print.

    `where` says at which touchpoint and when; `detail` says besides by which KPI, for what is read without the page.
    """

    value: float
    text: str
    detail: str
    where: str
    url: str
    status: str = ""


@dataclass(frozen=True)
class ChannelNumbers:
    """How many KPIs the touchpoints of a channel have, how many of them have a current value, and what they tell.

    What nothing tells is missing from `figures`. Of the current ones `signals` are customers who speak or search
    before they come, and `beyond` tell something else.
    """

    kpis: int = 0
    current: int = 0
    signals: int = 0
    beyond: int = 0
    figures: Mapping[str, ChannelFigure] = field(default_factory=dict)


@dataclass(frozen=True)
class MergeStep:
    """What follows when one record, `goes`, is merged into another of its kind, `stays`, in the same transaction.

    `preview(stays, goes)` says it in sentences beforehand; `move(stays=, goes=, by=, now=)` does it and returns what
    the audit entry tells, as plain values.
    """

    key: str
    preview: Callable[[Any, Any], list[str]]
    move: Callable[..., Mapping[str, Any]]
    of: Collection[str] = ("touchpoint",)  # the names of the models that it follows


@dataclass(frozen=True)
class PageLink:
    """A way from a page to one of a higher app: its label, the URL name it leads to, its icon."""

    label: str | Promise
    url_name: str
    icon: str


JOURNEYS_LINKS: list[PageLink] = []  # on the list of journeys
LANES: list[Lane] = []
# What is measured at each step of a map (None where nothing is): called with the request and the grid, at most once.
SCORES: list[Callable[[HttpRequest, Any], Sequence[Score | None]]] = []
TEXT_LANES: list[TextLane] = []
MAP_COLUMNS: list[MapColumn] = []
LAYER_COLUMNS: list[MapColumn] = []  # beside those, where the maps of a dimension stand together
TOUCHPOINT_COLUMNS: list[Columns] = []
TOUCHPOINT_PANELS: list[Panel] = []
TOUCHPOINT_DRAWER: list[Panel] = []  # in the drawer of a map, where there is room for little
MAP_PANELS: list[Panel] = []
IMPACT_PANELS: list[Panel] = []
"""On the page of what depends on a touchpoint or a finding; each gets its impact (journeys/queries/impact.py)."""
# What is measured of channels, by id; each gets the request, and asks as often for a hundred channels as for one.
CHANNEL_NUMBERS: list[Callable[[HttpRequest], Mapping[int, ChannelNumbers]]] = []
# What a map that is drawn carries for the panels of higher apps: an attribute's name to what makes its expression.
MAP_CARRIES: dict[str, Callable[[], Any]] = {}
ON_MERGE: list[MergeStep] = []
# How history words an action: its audit name to a sentence with %(who)s and the plain values of the entry's `after`.
HISTORY_WORDS: dict[str, str | Promise] = {}


def merge_steps(record: Any) -> list[MergeStep]:
    """Return what follows when a record of this kind is merged."""
    return [step for step in ON_MERGE if record._meta.model_name in step.of]
