"""Writes SVG by absolute coordinates, element by element. Every text and attribute is escaped here and nowhere else."""

import re
from unicodedata import east_asian_width
from xml.sax.saxutils import escape, quoteattr

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
WIDE, USUAL = 1.05, 0.6
"""Widths of a character against its size: of a wide East Asian one, and of any other, on the safe side."""


class Drawing:
    """Elements in the order they are drawn; `svg` is the whole document."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def add(self, tag: str, text: str = "", **attributes: object) -> None:
        """Draw an element. A name's underscores are hyphens, so that `font_size=12` can be written."""
        self._parts.append(_element(tag, attributes, escape(clean(text))))

    def open(self, tag: str, **attributes: object) -> None:
        """Begin an element that holds the ones that follow, until `close`."""
        self._parts.append(_element(tag, attributes, None))

    def close(self, tag: str) -> None:
        self._parts.append(f"</{tag}>")

    def svg(self, width: float, height: float, **attributes: object) -> str:
        """Return the document."""
        size = {"width": _plain(width), "height": _plain(height), "viewBox": f"0 0 {_plain(width)} {_plain(height)}"}
        root = _element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size, **attributes}, None)
        return "\n".join([root, *self._parts, "</svg>\n"])


def clean(text: str) -> str:
    """Return the text without what no XML document can hold: control characters and halves of surrogate pairs."""
    return NOT_XML.sub("", str(text))


def wrapped(text: str, *, size: float, width: float, most: int) -> list[str]:
    """Break a text into at most so many lines that fit the width; what does not fit ends in an ellipsis.

    There is no font to measure with: each character counts as a wide one of its kind.
    """
    lines = [""]
    for word in " ".join(text.split()).split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if text_width(longer, size) <= width:
            lines[-1] = longer
            continue
        for piece in _pieces(word, size, width):
            if lines[-1]:
                lines.append(piece)
            else:
                lines[-1] = piece
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1][:-1].rstrip()}…"]
    return lines


def text_width(text: str, size: float) -> float:
    """Return about how wide the text is, rather too much than too little."""
    return sum(WIDE if east_asian_width(each) in "WF" else USUAL for each in text) * size


def _pieces(word: str, size: float, width: float) -> list[str]:
    """Break a word that is wider than a line."""
    pieces = [""]
    for character in word:
        if text_width(pieces[-1] + character, size) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _element(tag: str, attributes: dict[str, object], text: str | None) -> str:
    """Return a whole element, or with no text its beginning."""
    said = "".join(f" {name.replace('_', '-')}={quoteattr(clean(_plain(at)))}" for name, at in attributes.items())
    if text is None:
        return f"<{tag}{said}>"
    return f"<{tag}{said}>{text}</{tag}>" if text else f"<{tag}{said}/>"


def _plain(value: object) -> str:
    """Numbers with a point and no more than two decimals, whatever the language."""
    return f"{round(value, 2):g}" if isinstance(value, float) else str(value)
