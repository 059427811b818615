"""Rows that are raw answers: one person, one question, one score."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from connectors.base import Answer, Record, Rejected
from connectors.systems.file.cells import Cells, Places, evened, misfit, picker
from connectors.systems.file.dates import Dates, NotADate
from connectors.systems.file.mapping import Mapping
from connectors.systems.file.numbers import number
from connectors.systems.file.reader import Row
from connectors.systems.file.scores import NotAScore, Scores, Silence


def answers(rows: Iterable[Row], mapping: Mapping, header: Sequence[str], dates: Dates) -> Iterator[Record]:
    """Yield an answer or a rejection for each row, in order."""
    places, scores = Places(mapping, header), Scores(mapping)
    date_of, score_of = picker(mapping, header, "date"), picker(mapping, header, "score")
    weigh = _weigher(mapping, header)
    are_blanks_asked, width = mapping.blank == "no_answer", len(header)
    for row, cells in rows:
        if not evened(cells, width):
            yield Rejected(row, misfit(cells, width))
            continue
        place, day, score = places.of(cells), dates.day(date_of(cells)), scores.read(score_of(cells))
        if isinstance(place, str):
            yield Rejected(row, place)
        elif isinstance(day, NotADate):
            yield Rejected(row, day.reason, date_of(cells))
        elif isinstance(score, NotAScore):
            yield Rejected(row, score.reason, score_of(cells))
        elif isinstance(score, Silence):
            is_blank = score is Silence.BLANK
            yield Answer(place, day, None, None, are_blanks_asked or not is_blank, is_blank)
        else:
            weight = weigh(cells)
            yield Rejected(row, *weight) if isinstance(weight, tuple) else Answer(place, day, score, weight)


def _weigher(mapping: Mapping, header: Sequence[str]) -> Callable[[Cells], float | None | tuple[str, str]]:
    """Return a function that gives the weight of a row, or a reason with the text that is no weight."""
    if not mapping.weight_column:
        return lambda cells: None
    weight_of, decimal_comma = picker(mapping, header, "weight"), mapping.decimal_comma

    def weigh(cells: Cells) -> float | tuple[str, str]:
        text = weight_of(cells)
        weight = number(text, decimal_comma=decimal_comma)
        if weight is None:
            return (_("The weight is not a number") if text.strip() else _("No weight")), text
        return weight if weight >= 0 else (_("The weight is below 0"), text)

    return weigh
