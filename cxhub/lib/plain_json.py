"""What JSON from outside may hold so that it can be kept: PostgreSQL takes neither NUL nor half a character."""

import json
import math
import re
from typing import Any

from django.utils.translation import gettext as _

HALVES = re.compile("[\ud800-\udfff]")


class NotKept(ValueError):
    """A value that cannot be kept: a sentence, and the path of what is wrong."""

    def __init__(self, sentence: str, path: str) -> None:
        super().__init__(sentence)
        self.sentence, self.path = sentence, path


class Twice(dict[str, Any]):
    """An object in which a key stands twice; `key` is it."""

    key = ""


def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object of its pairs, as `object_pairs_hook`: one that has a key twice is refused by `check`."""
    made: dict[str, Any] = Twice(found)
    if len(made) == len(found):
        return dict(made)
    seen: set[str] = set()
    made.key = next(key for key, _value in found if key in seen or seen.add(key))  # type: ignore[attr-defined, func-returns-value]
    return made


def read(body: bytes, *, most_depth: int) -> Any:
    """Return the JSON of a body that holds nothing that cannot be kept. Raises NotKept."""
    try:
        found = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise NotKept(_("The body is not JSON in UTF-8."), "$") from None
    check(found, most_depth=most_depth)
    return found


def check(found: Any, *, most_depth: int) -> None:
    """Look at every value, without recursion. Raises NotKept."""
    left: list[tuple[Any, str, int]] = [(found, "$", 1)]
    while left:
        one, path, depth = left.pop()
        if isinstance(one, str):
            _check_text(one, path)
        elif isinstance(one, float) and not math.isfinite(one):
            raise NotKept(_("A number is not finite."), path)
        elif isinstance(one, dict | list) and depth > most_depth:
            raise NotKept(_("It is deeper than %(most)d levels.") % {"most": most_depth}, path)
        elif isinstance(one, Twice):
            raise NotKept(_("The key “%(key)s” stands twice in one object.") % {"key": told(one.key)}, path)
        elif isinstance(one, dict):
            for key, value in one.items():
                _check_text(key, path)
                left.append((value, f"{path}.{key}", depth + 1))
        elif isinstance(one, list):
            left += [(value, f"{path}[{index}]", depth + 1) for index, value in enumerate(one)]


def told(text: str) -> str:
    """Return the beginning of a text from outside, as a sentence may quote it."""
    return HALVES.sub("�", text.replace("\0", "�"))[:80]


def _check_text(text: str, path: str) -> None:
    if "\0" in text:
        raise NotKept(_("A text holds the character NUL."), path)
    if HALVES.search(text):
        raise NotKept(_("A text holds half a character (a lone surrogate)."), path)
