"""A page as a tree, to read words off it the way a person does."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "path", "source", "wbr"}


class Node:
    def __init__(self, tag: str, attrs: dict[str, str | None]):
        self.tag, self.attrs, self.inside = tag, attrs, []

    def walk(self) -> Iterator["Node"]:
        for each in self.inside:
            if isinstance(each, Node):
                yield each
                yield from each.walk()

    def all(self, wanted: str) -> list["Node"]:
        """Every node below with this tag, `.class` or `#id`."""
        return [each for each in self.walk() if each._is(wanted)]

    def one(self, wanted: str) -> "Node":
        (found,) = self.all(wanted)
        return found

    def _is(self, wanted: str) -> bool:
        if wanted[0] == ".":
            return wanted[1:] in (self.attrs.get("class") or "").split()
        return self.attrs.get("id") == wanted[1:] if wanted[0] == "#" else self.tag == wanted

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", self._raw()).strip()

    @property
    def spaced(self) -> str:
        """The text with a space at every edge of an element, for lines that styles put below one another."""
        held = " ".join(each if isinstance(each, str) else each.spaced for each in self.inside)
        return re.sub(r"\s+", " ", held).strip()

    def _raw(self) -> str:
        return "".join(each if isinstance(each, str) else each._raw() for each in self.inside)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Node("page", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, dict(attrs))
        self.open[-1].inside.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Node(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        while self.open[-1].tag != tag:
            self.open.pop()
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def read(html: str) -> Node:
    reader = _Reader()
    reader.feed(html)
    return reader.open[0]
