"""Cells of a file that a spreadsheet would compute: made harmless on the way out, and put back on the way in."""

import re

STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HARMFUL = re.compile(r"'*[=+\-@\t\r]")
_NEUTRAL = re.compile(r"'+[=+\-@\t\r]")


def neutral(text: str) -> str:
    """Put an apostrophe before a text that begins like a formula, or like one that was made harmless already."""
    return f"'{text}" if _HARMFUL.match(text) else text


def plain(cell: str) -> str:
    """Take away the apostrophe that `neutral` put there."""
    return cell[1:] if _NEUTRAL.match(cell) else cell
