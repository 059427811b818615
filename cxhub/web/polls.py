"""A page that stays open asks for itself again each minute; what it has seen already is not sent twice."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from django.http import HttpRequest, HttpResponse

HEADER = "X-Seen"
SECONDS = 50  # below a minute, so that what changed is shown within one


@dataclass(frozen=True)
class Poll:
    """What components/poll.html needs: the page's own address, and what it shows, as a digest."""

    url: str
    seen: str
    seconds: int


def poll(request: HttpRequest, texts: Iterable[str]) -> Poll | None:
    """Return the poll of a page that shows these texts; None where none can change by itself."""
    known = [text for text in texts if text]
    if not known:
        return None
    return Poll(request.get_full_path(), sha256("\n".join(known).encode()).hexdigest()[:16], SECONDS)


def is_seen(request: HttpRequest, found: Poll | None) -> bool:
    """The page that asks shows this already."""
    return found is not None and request.headers.get(HEADER) == found.seen


def nothing_new() -> HttpResponse:
    """Answer a poll without a body; htmx then leaves the page alone, with its focus and typed text."""
    return HttpResponse(status=204)
