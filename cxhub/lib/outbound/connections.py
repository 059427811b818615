"""Opens the connection of one request: to the checked address, or through the operator's proxy; then TLS by name."""

import base64
import socket
import ssl
from contextlib import suppress
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _
from ssrfguard import Target

from cxhub.lib.outbound.deadlines import Deadline
from cxhub.lib.outbound.destinations import addresses_of, connected
from cxhub.lib.outbound.errors import Refused, Unreachable
from cxhub.lib.outbound.rules import Rules

LONGEST_PROXY_ANSWER = 16 * 1024


def opened(target: Target, rules: Rules, deadline: Deadline) -> socket.socket:
    """Return a connection on which the request to this origin may be sent, before TLS.

    A proxy looks the name up itself, so that its answer cannot be pinned; what this machine knows about the name is
    checked nevertheless. Raises Refused, Unreachable, OutOfTime.
    """
    if not rules.proxy:
        return connected(addresses_of(target, rules, deadline), rules, deadline)
    with suppress(Unreachable):  # behind a proxy, outside names are often unknown
        addresses_of(target, rules, deadline)
    parts = urlsplit(rules.proxy)
    try:
        return socket.create_connection((parts.hostname or "", parts.port or 0), timeout=deadline.left())
    except OSError:
        raise Unreachable(_("The way out of this network (the proxy) does not answer.")) from None


def spoken(connection: socket.socket, target: Target, rules: Rules) -> HTTPConnection:
    """Return the connection ready for a request, under TLS where the URL says so. Raises Refused, OSError."""
    if target.scheme == "http":
        return _held(HTTPConnection(target.host, target.port), connection)
    if rules.proxy:
        _tunnel(connection, target, rules.proxy)
    context = _trust(rules)
    try:
        safe = context.wrap_socket(connection, server_hostname=target.host)
    except ssl.SSLCertVerificationError:
        words = _("The certificate of “%(host)s” is not trusted. Check the address, or ask the operator to trust it.")
        raise Refused(words % {"host": target.host}) from None
    return _held(HTTPSConnection(target.host, target.port, context=context), safe)


def proxy_sign_in(proxy: str) -> dict[str, str]:
    """Return the header that signs in at the proxy, if its address holds a user name."""
    parts = urlsplit(proxy)
    if not parts.username:
        return {}
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
    return {"Proxy-Authorization": f"Basic {base64.b64encode(pair).decode()}"}


def _held(speaker: HTTPConnection, connection: socket.socket) -> HTTPConnection:
    """Give the connection that is open; the standard library would otherwise look the name up and open its own."""
    speaker.sock = connection
    speaker.auto_open = 0
    return speaker


def _trust(rules: Rules) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if rules.ca_bundle:
        context.load_verify_locations(rules.ca_bundle)
    return context


def _tunnel(connection: socket.socket, target: Target, proxy: str) -> None:
    """Ask the proxy for a way to the origin. TLS begins with us, so nothing can follow its answer unasked."""
    place = f"[{target.host}]:{target.port}" if ":" in target.host else f"{target.host}:{target.port}"
    headers = {"Host": place, **proxy_sign_in(proxy)}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    connection.sendall(f"CONNECT {place} HTTP/1.1\r\n{lines}\r\n".encode("ascii"))
    answer = b""
    while b"\r\n\r\n" not in answer:
        piece = connection.recv(4096)
        answer += piece
        if not piece or len(answer) > LONGEST_PROXY_ANSWER:
            raise Unreachable(_("The way out of this network (the proxy) broke off."))
    status = answer.split(b" ", 2)[1:2]
    if status != [b"200"]:
        raise Refused(_("The way out of this network (the proxy) refuses this address. Ask the operator."))
