"""Asks for one page, and says in words what is wrong with an answer. The secret goes into a header, nowhere else."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from connectors.base import Ask, SetupProblem, TryLater
from connectors.systems.http_json.settings import Settings
from cxhub.lib import retry_after
from cxhub.lib.http import Refused, Reply, Unreachable, fetch, origin_of

GONE = {404, 410}
LATER = {408, 425, 429, 500, 502, 503, 504}
SECRET, SECRET_ORIGIN = "secret", "secret_origin"  # names, no values


@dataclass(frozen=True)
class Page:
    """What one request brought: the JSON, and the header that may lead on."""

    url: str
    content: Any
    links: str = ""


def ask_for(url: str, settings: Settings, ask: Ask) -> Page | None:
    """Return the page at this address, None where there is nothing (404). Raises SetupProblem, TryLater."""
    ask.turn()
    try:
        body = settings.body.encode() if settings.method == "POST" else b""
        reply = fetch(url, method=settings.method, headers=_headers(url, settings, ask.secrets), body=body)
    except Refused as refused:
        raise SetupProblem(refused.sentence) from None
    except Unreachable as unreachable:
        raise TryLater(unreachable.sentence, unreachable.after_seconds) from None
    if reply.status in GONE:
        return None
    _check_status(reply, url, settings, ask)
    content = None if reply.status == 204 else _json(reply)
    return Page(reply.url, content, reply.headers.get("link", ""))


def nothing_there(url: str) -> SetupProblem:
    words = _("“%(host)s” has nothing at this address (404). Check the path.")
    return SetupProblem(words % {"host": urlsplit(url).hostname})


def _headers(url: str, settings: Settings, secrets: Mapping[str, str]) -> dict[str, str]:
    pairs = (line.partition(":") for line in settings.headers)
    headers = {"Accept": "application/json", **{name.strip(): value.strip() for name, _colon, value in pairs}}
    if settings.method == "POST":
        headers.setdefault("Content-Type", "application/json")
    return headers | _sign_in(url, settings, secrets)


def _sign_in(url: str, settings: Settings, secrets: Mapping[str, str]) -> dict[str, str]:
    """Return the header that carries the secret. Raises SetupProblem where it may not be sent."""
    if settings.sign_in == "none":
        return {}
    secret = secrets.get(SECRET)
    if not secret or secrets.get(SECRET_ORIGIN) != origin_of(url):
        raise SetupProblem(_("No secret is kept for this address. Enter it again."))
    if settings.sign_in == "bearer":
        return {"Authorization": f"Bearer {secret}"}
    if settings.sign_in == "header":
        return {settings.sign_in_name: secret}
    pair = f"{settings.sign_in_name}:{secret}".encode()
    return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}


def _check_status(reply: Reply, url: str, settings: Settings, ask: Ask) -> None:
    names = {"host": urlsplit(url).hostname, "status": reply.status}
    if 200 <= reply.status < 300:
        return
    if reply.status in LATER or reply.status >= 500:
        words = (
            _("“%(host)s” asks us to wait (%(status)d).")
            if reply.status == 429
            else _("“%(host)s” has trouble (%(status)d).")
        )
        raise TryLater(words % names, retry_after.seconds(reply.headers.get("retry-after"), now=ask.now))
    if reply.status == 401 and settings.sign_in == "none":
        raise SetupProblem(_("“%(host)s” wants a key (401). Choose how to sign in and enter it.") % names)
    if reply.status == 401:
        raise SetupProblem(_("“%(host)s” refuses the key (401). Enter a new one.") % names)
    if reply.status == 403:
        raise SetupProblem(_("The key may not read this at “%(host)s” (403). Give it the right to read.") % names)
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
