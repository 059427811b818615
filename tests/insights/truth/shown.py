"""What the Overview prints, read off its HTML in the same shape as the words that are expected."""

from typing import Any

from tests.insights.truth.dom import Node, read
from tests.insights.truth.oracle import Row


class Shown:
    def __init__(self, html: str):
        self.page = read(html)
        self.text = self.page.text

    def panel(self, key: str) -> Node:
        (found,) = [each for each in self.page.walk() if each._is(f".overview-{key}") and each._is(".overview-panel")]
        return found

    def sentence(self) -> str:
        return self.page.one(".overview-sentence").text

    def portfolio(self) -> list[list[str]]:
        (body,) = self.panel("portfolio").all("tbody")
        return [[_cell(each) for each in row.inside if isinstance(each, Node)] for row in body.all("tr")]

    def risks(self) -> list[str]:
        found = []
        for each in self.panel("risks").all("li"):
            (why,) = each.all("details")
            (summary,) = why.all("summary")
            formula = why.text.removeprefix(summary.text).strip()
            found.append(f"{_off(each)} | {summary.text} | {formula}")
        return found

    def rows(self, key: str) -> list[str]:
        return [_off(each) for each in self.panel(key).all("li")]

    def lines(self, key: str) -> list[str]:
        return [each.spaced for each in self.panel(key).all("li")]

    def headlines(self) -> list[Row]:
        return [_tile(each) for each in self.panel("headlines").all("article")]

    def needs(self) -> list[str]:
        return [each.all(".overview-words")[0].spaced for each in self.panel("needs-you").all("li")]

    def my_journeys(self) -> list[str]:
        found = self.page.all(".overview-mine-rows")
        return [each.all("a")[0].text for each in (found[0].all("li") if found else [])]

    def journey(self) -> list[str]:
        """The lines of the page of one journey: its health, then phases, stages and touchpoints."""
        main = self.page.one("main")
        lines = [f"{main.all('.chip')[0].text} · {main.one('.map-panels').all('.meta')[0].text.split(' · ')[0]}"]
        for phase in main.all(".section"):
            lines.append(phase.all(".section-head")[0].spaced)
            for stage in phase.all(".stage-health"):
                told = stage.all(".meta")[0].text.split(" · ")
                lines.append(" ".join((stage.one("h3").text, " · ".join(told[:2]))))
                lines += [_touchpoint(each) for each in stage.all("li")]
        return lines


def _touchpoint(row: Node) -> str:
    words = row.one(".overview-words")
    kpi = row.all(".stage-kpi")
    name, about = words.one("a").text, words.one(".sub").text
    if not kpi:
        return f"{name} {about}"
    return f"{name} {about} {kpi[0].one('b').text} {kpi[0].one('.sub').text}"


def _cell(cell: Node) -> str:
    """The words of a cell with one space between its parts."""
    parts: list[str] = []
    for each in cell.walk():
        held = "".join(one for one in each.inside if isinstance(one, str)).strip()
        if held:
            parts.append(held)
    return " ".join(parts)


def _off(row: Node) -> str:
    return row.all(".overview-words")[0].text


def _tile(tile: Node) -> Any:
    lines = [
        " ".join(each.text.split()) for box in tile.all(".kpi-lines") for each in box.inside if isinstance(each, Node)
    ]
    notes = tile.all(".kpi-note")
    periods = tile.all(".kpi-period")
    return Row(
        name=tile.one(".kpi-title").text,
        value=tile.one(".kpi-value").text,
        chips={each.text for each in tile.all(".chip")},
        lines=lines,
        period=periods[0].text if periods else "",
        note=notes[0].text if notes else "",
        foot=tile.one(".kpi-foot").text,
    )
