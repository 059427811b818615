"""What every name of this app keeps to."""

from django.utils.translation import gettext as _

from cxhub.lib.one_line import one_line

LONGEST = 200


class BadName(Exception):
    """The name is empty, too long or no text."""


def clean(name: str) -> str:
    """Return the name with single blanks. Raises BadName."""
    plain = one_line(name, LONGEST, BadName)
    if not plain:
        raise BadName(_("Type a name."))
    return plain


def copied(name: str) -> str:
    """Return the name of a copy of a part of a map, within what a name may be."""
    return _within(_("%(name)s (copy)"), name)


def copy_of(name: str) -> str:
    """Return what the copy of a whole map is called until somebody gives it its own name."""
    return _within(_("Copy of %(name)s"), name)


def _within(words: str, name: str) -> str:
    room = LONGEST - len(words % {"name": ""})
    return words % {"name": name[:room]}
