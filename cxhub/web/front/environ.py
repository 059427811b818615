"""Turns an ASGI request into the WSGI environ (PEP 3333). Pure, apart from handing the body on."""

import sys
from typing import IO

from cxhub.web.front.types import Environ, Headers, Scope

PLAIN = {b"content-type": "CONTENT_TYPE"}
# The length is counted, and the transfer is over: what the sender said about both no longer holds.
DROPPED = {b"content-length", b"transfer-encoding"}


def environ_of(scope: Scope, body: IO[bytes], size: int) -> Environ:
    server = scope.get("server") or ("localhost", 80)
    client = scope.get("client") or ("", 0)
    return {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": as_wsgi(scope.get("root_path", "")),
        "PATH_INFO": as_wsgi(local_path(scope)),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 0),
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "CONTENT_LENGTH": str(size),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **header_variables(scope["headers"]),
    }


def local_path(scope: Scope) -> str:
    """Return the path below `--root-path`, which ASGI servers put in front of it."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", ""))


def as_wsgi(text: str) -> str:
    return text.encode().decode("latin-1")


def header_variables(headers: Headers) -> dict[str, str]:
    """Return the headers as variables, repeated ones joined.

    Names with an underscore are dropped: `X_Forwarded_Proto` would become the same variable as the header
    that only a trusted proxy may set.
    """
    variables: dict[str, str] = {}
    for name, value in headers:
        if b"_" in name or name in DROPPED:
            continue
        variable = PLAIN.get(name) or "HTTP_" + name.decode("latin-1").upper().replace("-", "_")
        between = "; " if name == b"cookie" else ","
        text = value.decode("latin-1")
        variables[variable] = f"{variables[variable]}{between}{text}" if variable in variables else text
    return variables
