"""The one client for calls to the outside: connectors, webhooks and previews go through `fetch` and nothing else.

What a call may reach, how long it may take and how much it may bring is decided in cxhub/lib/outbound/.
"""

import re
import socket
import ssl
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPException
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from ssrfguard import Target

from cxhub.lib.outbound.bodies import body_of, broke_off, check_header
from cxhub.lib.outbound.connections import opened, proxy_sign_in, spoken
from cxhub.lib.outbound.deadlines import Deadline
from cxhub.lib.outbound.destinations import addresses_of, target_of
from cxhub.lib.outbound.errors import OutOfTime, Refused, TooLarge, Unreachable
from cxhub.lib.outbound.rules import Rules

__all__ = ["Refused", "Reply", "Rules", "TooLarge", "Unreachable", "check", "fetch", "origin_of"]

MOST_REDIRECTS = 3
REDIRECTS = {301, 302, 303, 307, 308}
UNCHANGED_IN_PATH = "/%:=&?~+!$,;'@()*[]"
NO_TLS = {"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "HTTP_REQUEST", "UNKNOWN_PROTOCOL", "PACKET_LENGTH_TOO_LONG"}
HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
KEPT_FOR_OTHERS = {"accept", "accept-language"}
Headers = Mapping[str, str]


@dataclass(frozen=True)
class Reply:
    """What came back, whatever its status. Header names are in lower case; `url` is where it came from in the end."""

    status: int
    headers: Headers
    body: bytes
    url: str


def fetch(
    url: str, *, method: str = "GET", headers: Headers | None = None, body: bytes = b"", rules: Rules | None = None
) -> Reply:
    """Send one request and return its reply. Only GET follows redirects, three at most, each one checked anew.

    On another origin the caller's headers stay behind: any of them may hold a secret. Raises Refused, Unreachable.
    """
    rules = rules or settings.OUTBOUND
    if not all(map(HEADER_NAME.fullmatch, headers or {})):
        raise Refused(_("The name of a header holds letters, digits and hyphens."))
    deadline, sent = Deadline(rules.deadline_seconds), dict(headers or {})
    for _hop in range(MOST_REDIRECTS + 1):
        reply = _once(url, method, sent, body, rules, deadline)
        where = reply.headers.get("location")
        if reply.status not in REDIRECTS or not where:
            return reply
        if method != "GET":
            raise Refused(_("The address sends on to another one. Enter the last one."))
        url, sent = _next(url, where, sent)
    raise Refused(_("The address sends on more than %(most)d times. Enter the last one.") % {"most": MOST_REDIRECTS})


def check(url: str, rules: Rules | None = None) -> None:
    """Refuse a URL that can never be called, before it is stored; a name that is unknown now passes. Raises Refused."""
    rules = rules or settings.OUTBOUND
    try:
        addresses_of(target_of(url), rules, Deadline(rules.deadline_seconds))
    except (Unreachable, OutOfTime):
        return


def origin_of(url: str) -> str:
    """Return scheme, host and port in one spelling: a secret belongs to exactly one of these. Raises Refused."""
    target = target_of(url)
    return f"{target.scheme}://{target.host}:{target.port}"


def _next(url: str, where: str, sent: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Return where a redirect leads, and what may be sent there. Raises Refused."""
    there = urljoin(url, where)
    if origin_of(there) == origin_of(url):
        return there, sent
    if urlsplit(url).scheme == "https" and urlsplit(there).scheme != "https":
        raise Refused(_("The address sends on from https to http. Enter an address that stays on https."))
    return there, {name: value for name, value in sent.items() if name.lower() in KEPT_FOR_OTHERS}


def _once(url: str, method: str, headers: Headers, body: bytes, rules: Rules, deadline: Deadline) -> Reply:
    """Send one request and read all of its answer before the deadline. Raises Refused, Unreachable."""
    target = target_of(url)
    try:
        with closing(opened(target, rules, deadline)) as connection, deadline.cuts(connection):
            connection.settimeout(deadline.left())
            reply = _exchange(connection, target, url, method, headers, body, rules)
        deadline.left()  # a body without a stated length ends quietly when it is cut
        return reply
    except (OSError, HTTPException, OutOfTime, Unreachable) as error:
        if deadline.is_over or isinstance(error, OutOfTime | TimeoutError):
            raise Unreachable(_("“%(host)s” takes too long to answer.") % {"host": target.host}) from None
        raise _in_words(error, target) from None


def _exchange(
    connection: socket.socket, target: Target, url: str, method: str, headers: Headers, body: bytes, rules: Rules
) -> Reply:
    always = {"User-Agent": "CX-Hub", "Accept-Encoding": "gzip", "Connection": "close"}
    if rules.proxy and target.scheme == "http":
        always |= proxy_sign_in(rules.proxy)
    with closing(spoken(connection, target, rules)) as speaker:
        try:
            speaker.request(method, _asked_for(url, target, rules), body or None, {**headers, **always})
        except ValueError:
            raise Refused(_("A header holds a character that cannot be sent. Use plain letters and digits.")) from None
        response = speaker.getresponse()
        check_header(response.headers)
        names = {name.lower() for name in response.headers}
        received = {name: ", ".join(response.headers.get_all(name, [])) for name in names}
        return Reply(response.status, received, body_of(response, rules.most_bytes), url)


def _asked_for(url: str, target: Target, rules: Rules) -> str:
    """Return what the request line names: the path, and before a proxy the whole address."""
    parts = urlsplit(url)
    path = quote(parts.path or "/", safe=UNCHANGED_IN_PATH)
    query = f"?{quote(parts.query, safe=UNCHANGED_IN_PATH)}" if parts.query else ""
    host = f"[{target.host}]" if ":" in target.host else target.host
    return f"http://{host}:{target.port}{path}{query}" if rules.proxy and target.scheme == "http" else path + query


def _in_words(error: Exception, target: Target) -> Refused | Unreachable:
    if isinstance(error, Unreachable):
        return error
    if isinstance(error, ssl.SSLError) and error.reason in NO_TLS:
        words = _("“%(host)s” does not speak https there. Check https or http, and the port.")
        return Refused(words % {"host": target.host})
    return broke_off()
