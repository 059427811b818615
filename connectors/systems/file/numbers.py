"""Reads numbers as people and programs write them. No exponents, no NaN, no infinity: they are never an answer."""

import re

LONGEST = 40
SPACES = str.maketrans("", "", " \u00a0\u202f\u2009")
PLAIN = {
    False: re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?", re.ASCII),
    True: re.compile(r"[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d*)?", re.ASCII),
}


def number(text: str, *, decimal_comma: bool = False) -> float | None:
    """Return the number, None if it is none. Thousands may be grouped by spaces, or by the mark that is not decimal.

    "1,860,215" is 1860215; with `decimal_comma`, "1.234,5" is 1234.5 and "4,35" is 4.35.
    """
    bare = text.translate(SPACES).removesuffix("%")
    if len(bare) > LONGEST or not PLAIN[decimal_comma].fullmatch(bare):
        return None
    if decimal_comma:
        return float(bare.replace(".", "").replace(",", "."))
    return float(bare.replace(",", ""))


def whole(text: str, *, decimal_comma: bool = False) -> int | None:
    """Return the whole number, None if it is none; 4.0 is whole, 4.5 is not."""
    found = number(text, decimal_comma=decimal_comma)
    return int(found) if found is not None and found.is_integer() else None
