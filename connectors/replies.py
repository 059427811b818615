"""What the answer of another system means: JSON, "try later", or "a person must act". Knows no kind and no settings."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from connectors.base import Ask, SetupProblem, TryLater
from cxhub.lib import retry_after
from cxhub.lib.http import Refused, Reply, Unreachable, fetch, origin_of

GONE = {404, 410}
LATER = {408, 425, 429, 500, 502, 503, 504}


@dataclass(frozen=True)
class Page:
    """What one request brought: the JSON, and the header that may lead on."""

    url: str
    content: Any
    links: str = ""


def ask_json(
    url: str, ask: Ask, *, headers: Mapping[str, str], method: str = "GET", body: bytes = b"", signs_in: bool = True
) -> Page | None:
    """Return the JSON at this address, None where there is nothing (404). Raises SetupProblem, TryLater."""
    ask.turn()
    try:
        reply = fetch(url, method=method, headers={"Accept": "application/json", **headers}, body=body)
    except Refused as refused:
        raise SetupProblem(refused.sentence) from None
    except Unreachable as unreachable:
        raise TryLater(unreachable.sentence, unreachable.after_seconds) from None
    if reply.status in GONE:
        return None
    check_status(reply, url, is_signed_in=signs_in, now=ask.now)
    content = None if reply.status == 204 else _json(reply)
    return Page(reply.url, content, reply.headers.get("link", ""))


def secret(ask: Ask, field: str, url: str) -> str:
    """Return the secret kept in this field, if it may be sent to this address. Raises SetupProblem."""
    return sendable(ask.secrets, field, url)


def sendable(secrets: Mapping[str, str], field: str, url: str) -> str:
    """Return the secret of this field from all that are kept, if it may be sent there. Raises SetupProblem."""
    found = secrets.get(field)
    if not found or secrets.get(f"{field}_origin") != origin_of(url):
        raise SetupProblem(_("No secret is kept for this address. Enter it again."))
    return found


def nothing_there(url: str) -> SetupProblem:
    words = _("“%(host)s” has nothing at this address (404). Check the path.")
    return SetupProblem(words % {"host": urlsplit(url).hostname})


def check_status(reply: Reply, url: str, *, is_signed_in: bool, now: datetime) -> None:
    """Return for an answer that brings something. Raises SetupProblem, TryLater."""
    names = {"host": urlsplit(url).hostname, "status": reply.status}
    if 200 <= reply.status < 300:
        return
    if reply.status in LATER or reply.status >= 500:
        words = (
            _("“%(host)s” asks us to wait (%(status)d).")
            if reply.status == 429
            else _("“%(host)s” has trouble (%(status)d).")
        )
        raise TryLater(words % names, retry_after.seconds(reply.headers.get("retry-after"), now=now))
    if reply.status == 401 and not is_signed_in:
        raise SetupProblem(_("“%(host)s” wants a key (401). Choose how to sign in and enter it.") % names)
    if reply.status == 401:
        raise SetupProblem(_("“%(host)s” refuses the key (401). Enter a new one.") % names)
    if reply.status == 403:
        raise SetupProblem(_("The key may not read this at “%(host)s” (403). Give it the right to read.") % names)
    if reply.status in GONE:
        raise nothing_there(url)
    raise SetupProblem(_("“%(host)s” does not accept the request (%(status)d). Check address and parameters.") % names)


def _json(reply: Reply) -> Any:
    kind = reply.headers.get("content-type", "").lower()
    if "html" in kind or reply.body.lstrip()[:1] == b"<":
        raise SetupProblem(_("The answer is a web page, not JSON. Check the address; often the key is missing."))
    try:
        return json.loads(reply.body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        if "json" in kind:  # it says that it is: most likely it was cut on the way
            raise TryLater(_("The answer arrived damaged: its JSON does not end as it should.")) from None
        raise SetupProblem(_("The answer is not JSON. Check the address.")) from None
