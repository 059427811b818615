"""Reads the pages of a map as a person sees them: its stages, steps, lanes and cells, and what a form would send."""

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Seen:
    """One grid of a map."""

    version: int = 0
    stages: dict[int, str] = field(default_factory=dict)
    steps: dict[int, str] = field(default_factory=dict)
    stage_of: dict[int, int] = field(default_factory=dict)
    lanes: dict[str, str] = field(default_factory=dict)
    cells: list[tuple[int, int]] = field(default_factory=list)  # (lane, step)
    versions: dict[tuple[int, int], int] = field(default_factory=dict)  # of each cell, 0 before anybody wrote
    structure: str = ""
    cards: str = ""


class _Grid(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen, self.spans, self.into = Seen(), list[tuple[int, int]](), ("", 0)
        self.in_body = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "table" and "data-version" in given:
            self.seen.version = int(given["data-version"])
        if given.get("id") == "map-grid":
            self.seen.structure, self.seen.cards = given["data-structure"], given["data-cards"]
        found = re.fullmatch(r"(stage|step|lane)-(\w+)-head", given.get("id", ""))
        if tag == "th" and found:
            kind, key = found.groups()
            if kind == "stage":
                self.spans.append((int(key), int(given["colspan"])))
            self.into = (kind, key)  # type: ignore[assignment]
            self._names(kind)[self._key(kind, key)] = ""
        cell = re.fullmatch(r"cell-(\d+)-(\d+)", given.get("id", ""))
        if cell:
            place = int(cell[1]), int(cell[2])
            self.seen.cells.append(place)
            self.seen.versions[place] = int(given["data-seen"])
        if tag == "a":
            self.into = ("", 0)  # what follows is a menu or a link, not the name

    def handle_endtag(self, tag: str) -> None:
        if tag == "th":
            self.into = ("", 0)

    def handle_data(self, data: str) -> None:
        kind, key = self.into
        if kind and data.strip():
            names = self._names(kind)
            names[self._key(kind, key)] = f"{names[self._key(kind, key)]} {data.strip()}".strip()

    def _names(self, kind: str) -> dict:  # type: ignore[type-arg]
        return {"stage": self.seen.stages, "step": self.seen.steps, "lane": self.seen.lanes}[kind]

    @staticmethod
    def _key(kind: str, key: object) -> object:
        return key if kind == "lane" else int(str(key))


def grid(text: str) -> Seen:
    """Return what a page of a map shows. Names of stages come with their phase before them."""
    parser = _Grid()
    parser.feed(text)
    seen, steps = parser.seen, iter(parser.seen.steps)
    for stage, span in parser.spans:
        for _place in range(span):
            step = next(steps, None)
            if step is not None:
                seen.stage_of[step] = stage
    return seen


def cells_in(news: str) -> dict[tuple[int, int], int]:
    """The versions of the cells that the news of a map bring, by lane and step."""
    found = re.findall(r'data-cell="(\d+)-(\d+)" data-version="(\d+)"', news)
    return {(int(lane), int(step)): int(version) for lane, step, version in found}


def field_of(text: str, name: str) -> str:
    """Return what the first field of a name holds; "" where there is none."""
    found = re.search(rf'name="{name}" value="([^"]*)"', text)
    return html.unescape(found[1]) if found else ""


def version_in(text: str) -> int:
    """The version from which a cell, its form or its conflict goes on; -1 where it says none."""
    found = re.search(r'data-seen="(\d+)"|name="version" value="(\d+)"', text)
    return int(found[1] or found[2]) if found else -1


def both_texts(text: str) -> tuple[str, str]:
    """What a conflict shows: mine, theirs."""
    found = [re.search(rf"data-{whose}>(.*?)</div>", text, re.DOTALL) for whose in ("mine", "theirs")]
    mine, theirs = (html.unescape(each[1]).strip() if each else "" for each in found)
    return mine, theirs


def options(text: str, name: str) -> list[int]:
    """The numbers that a field of buttons offers: `name="touchpoint" value="7"`, each once."""
    return [int(each) for each in dict.fromkeys(re.findall(rf'name="{name}" value="(\d+)"', text))]


def removals(text: str) -> list[int]:
    """The placements that a page can take off."""
    return [int(each) for each in dict.fromkeys(re.findall(r"placements/(\d+)/removal/", text))]


def stage_in(text: str) -> int:
    """The stage of the step whose menu this is: where its form adds a step beside it."""
    found = re.search(r"/stages/(\d+)/steps/", text)
    return int(found[1]) if found else 0
