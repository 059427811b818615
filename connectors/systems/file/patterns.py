"""Name patterns of watched folders: * stands for any letters, ? for one. Everything else stands for itself."""

from collections.abc import Callable

from django.utils.translation import gettext as _

LONGEST = 200


def trouble(pattern: str) -> str:
    """Return in a sentence what is wrong with a pattern; empty when it is fine."""
    if not pattern.strip():
        return _("Type a pattern such as *.csv.")
    if len(pattern) > LONGEST:
        return _("Use at most %(length)d characters.") % {"length": LONGEST}
    if "/" in pattern or "\\" in pattern or not pattern.isprintable():
        return _("A pattern is about names alone: choose the folder above, and leave out slashes.")
    return ""


def matcher(pattern: str) -> Callable[[str], bool]:
    """Return a function that says whether a name fits. Upper and lower case are the same."""
    plain = pattern.strip().lower()
    return lambda name: _fits(name.lower(), plain)


def _fits(name: str, pattern: str) -> bool:
    """Match greedily and go back to the last star only: at most name times pattern steps, whatever they hold."""
    at = here = 0
    star, resumed = -1, 0
    while at < len(name):
        if here < len(pattern) and pattern[here] == "*":
            star, resumed = here, at
            here += 1
        elif here < len(pattern) and pattern[here] in {"?", name[at]}:
            at, here = at + 1, here + 1
        elif star >= 0:
            resumed += 1
            at, here = resumed, star + 1
        else:
            return False
    return not pattern[here:].strip("*")
