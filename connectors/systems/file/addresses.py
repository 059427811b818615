"""Fetches a file from an address through the guarded client, and says in words what is wrong with what came."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Self
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

from connectors import calls, replies, stored
from connectors.base import Ask, Problem, SetupProblem, TryLater
from cxhub.lib.http import Refused, Reply, TooLarge, Unreachable, fetch

LONGEST_MARK = 500
WEB_PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|\?xml|!--)", re.IGNORECASE)


@dataclass(frozen=True)
class Address:
    """Where a file stands, and how to sign in there; the secret itself is kept elsewhere, encrypted."""

    url: str = ""
    sign_in: str = "none"
    sign_in_name: str = ""

    def to_json(self) -> dict[str, Any]:
        return stored.plain(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Build from `to_json`. Raises SetupProblem."""
        return stored.checked(cls, data, {"sign_in": calls.SIGN_INS})

    def __str__(self) -> str:
        """Return the address without its query, which may be long."""
        return self.url.partition("?")[0]


class Fetched(NamedTuple):
    """A file that came, and the marks by which the server knows whether there is a newer one."""

    name: str
    content: bytes
    marks: Mapping[str, str]


def problems(settings: Address) -> list[Problem]:
    """Return what keeps an address from being used, apart from whether it may be called."""
    return [*calls.url_problems(settings.url), *calls.sign_in_problems(settings.sign_in, settings.sign_in_name)]


def fetched(settings: Address, ask: Ask) -> Fetched | None:
    """Return the file, None when it is the one of `ask.cursor`. Raises SetupProblem, TryLater."""
    ask.turn()
    try:
        reply = fetch(settings.url, headers=_headers(settings, ask))
    except TooLarge as refused:
        words = _("The file is larger than %(mb)d MiB. Pack it with gzip, split it, or use a watched folder.")
        raise SetupProblem(words % {"mb": refused.most_bytes // (1024 * 1024)}) from None
    except Refused as refused:
        raise SetupProblem(refused.sentence) from None
    except Unreachable as unreachable:
        raise TryLater(unreachable.sentence, unreachable.after_seconds) from None
    if reply.status == 304 and ask.cursor:
        return None
    replies.check_status(reply, settings.url, is_signed_in=settings.sign_in != "none", now=ask.now)
    _refuse_no_table(reply, settings)
    return Fetched(_name(settings.url), reply.body, _marks(reply))


def _headers(settings: Address, ask: Ask) -> dict[str, str]:
    known = {"If-None-Match": ask.cursor.get("etag"), "If-Modified-Since": ask.cursor.get("last_modified")}
    marks = {name: value for name, value in known.items() if value}
    return {"Accept": "*/*"} | marks | calls.sign_in(settings.url, settings.sign_in, settings.sign_in_name, ask.secrets)


def _refuse_no_table(reply: Reply, settings: Address) -> None:
    """Look at what came, whatever its content type claims. Raises SetupProblem, TryLater."""
    if not reply.body:
        names = {"host": urlsplit(settings.url).hostname}
        raise TryLater(_("“%(host)s” gives an empty file. It is tried again by itself.") % names)
    if WEB_PAGE.match(reply.body[:1000]):
        raise SetupProblem(
            _("The address leads to a web page, not to a table. Use the link that downloads; often the key is missing.")
        )


def _marks(reply: Reply) -> dict[str, str]:
    """Return what to send next time; a mark that is too long or holds odd characters is left out."""
    marks = {"etag": reply.headers.get("etag", ""), "last_modified": reply.headers.get("last-modified", "")}
    return {name: mark for name, mark in marks.items() if 0 < len(mark) <= LONGEST_MARK and mark.isascii()}


def _name(url: str) -> str:
    parts = urlsplit(url)
    return unquote(parts.path).rstrip("/").rpartition("/")[2] or parts.hostname or ""
