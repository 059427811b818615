"""Where an invitation leads after joining: a path within the workspace, and never anywhere else."""

from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

LONGEST = 300


class BadPlace(ValueError):
    """The place is no page of this workspace."""


def within(text: str, slug: str) -> str:
    """Return the place relative to the workspace ("touchpoints/12/"); "" stays "". Raises BadPlace.

    Takes what people copy: a whole address, a path from /w/<slug>/ on, or the part behind it.
    """
    parts = urlsplit(text.strip()) if _is_plain(text) else None
    if parts is None:
        raise _bad()
    path, start = parts.path, f"/w/{slug}/"
    if parts.netloc and not path.startswith(start):
        raise _bad()
    path = path.removeprefix(start)
    if not path:
        return ""
    try:
        resolve(start + path)
    except Resolver404:
        raise _bad() from None
    place = path + (f"?{parts.query}" if parts.query else "")
    if len(place) > LONGEST or path.startswith("/"):
        raise _bad()
    return place


def _is_plain(text: str) -> bool:
    return text.isprintable() and "\\" not in text and ".." not in text


def _bad() -> BadPlace:
    return BadPlace(_("This is no page of the workspace. Copy the address of the page while you look at it."))
