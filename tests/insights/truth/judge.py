"""Holds a rendered Overview against the oracle, figure by figure."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from tests.insights.truth.oracle import Company
from tests.insights.truth.shown import Shown
from tests.insights.truth.words import Words

Untruth = tuple[str, Any, Any]  # the figure, what the page says, what the readings say


def overview(html: str, *, member: int, now: datetime, asked: tuple[str, date] | None = None) -> list[Untruth]:
    """Return every figure of the page that the readings do not bear out. Runs in the company's scope."""
    company = Company(member, now, asked)
    return [each for each in _all(Shown(html), Words(company), company) if each[1] != each[2]]


def journeys(pages: dict[int, str], **looked: Any) -> list[Untruth]:
    """The same for the page of each journey, by its id."""
    words = Words(Company(**looked))
    told = [each for pk, html in pages.items() for each in _pairs("journey", Shown(html).journey(), words.journey(pk))]
    return [each for each in told if each[1] != each[2]]


def _all(shown: Shown, words: Words, company: Company) -> Iterator[Untruth]:
    yield "sentence", shown.sentence(), words.sentence()
    yield from _pairs("needs you", shown.needs(), words.needs())
    yield "my journeys", shown.my_journeys(), words.my_journeys()
    yield from _pairs("portfolio", shown.portfolio(), words.portfolio())
    yield from _tiles(shown, words)
    yield from _pairs("risk", shown.risks(), words.risks())
    yield from _nobody(shown, words)
    yield from _pairs("ownership", shown.lines("ownership"), words.ownership())
    gaps = sum(bool(company.unowned(each)) for each in company.touchpoints.values())
    if gaps:
        yield _says(shown, "ownership", f"{gaps} of {len(company.touchpoints)} touchpoints have no owner")
    lines, counted = words.trust()
    yield "trust", [_cut(each, lines) for each in shown.lines("trust")], lines
    if lines:
        yield _says(shown, "trust", counted)
    yield from _pairs("change", shown.lines("changes"), words.changes())
    yield "data age", words.data_age() in shown.text, True


def _pairs(what: str, found: list[Any], told: list[Any]) -> Iterator[Untruth]:
    yield f"{what}: how many", len(found), len(told)
    for number, pair in enumerate(zip(found, told, strict=False)):
        yield f"{what} {number}", *pair


def _says(shown: Shown, key: str, words: str) -> Untruth:
    """A sentence that the panel must hold; else its whole text is shown."""
    text = shown.panel(key).text
    return key, words if words in text else text, words


def _tiles(shown: Shown, words: Words) -> Iterator[Untruth]:
    found, told = shown.headlines(), words.headlines()
    yield "headlines", [each.name for each in found], [each.name for each in told]
    for seen, one in zip(found, told, strict=False):
        yield f"value of {one.name}", (seen.value, seen.period), (one.value, one.period)
        yield f"status of {one.name}", seen.chips & one.chips, one.chips
        yield f"lines of {one.name}", seen.lines, one.lines
        yield f"note of {one.name}", seen.note if one.note not in seen.note else one.note, one.note


def _nobody(shown: Shown, words: Words) -> Iterator[Untruth]:
    idle, off = words.nobody(), words.of.off
    yield from _pairs("nobody acting", shown.rows("nobody-acting"), idle[:5])
    if idle:
        yield _says(shown, "nobody-acting", f"{len(idle)} of {len(off)} off target have nobody acting")
    elif off:
        yield _says(shown, "nobody-acting", "Somebody acts on everything that is off target.")
    if off:
        yield _says(shown, "risks", f"All {len(off)} off target")


def _cut(seen: str, lines: list[str]) -> str:
    """The line without the reason behind it, which the tests of freshness are about."""
    return next((line for line in lines if seen.startswith(line)), seen)
