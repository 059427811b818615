"""What people type into one line: single blanks, nothing a database refuses, and no longer than it may be."""

from collections.abc import Callable

from django.utils.translation import gettext as _


def one_line(text: str, most: int, refuse: Callable[[str], Exception]) -> str:
    """Return the text with single blanks. Raises what `refuse` makes of a sentence where it has over `most` letters."""
    plain = " ".join(text.replace("\0", "").split())
    if len(plain) > most:
        raise refuse(_("Use at most %(most)d characters.") % {"most": most})
    return plain
