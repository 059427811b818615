"""Says in one line why the web server could not listen, before anything else starts."""

import errno
import socket

from cxhub.local.problems import Problem, reason


def check(bind: str, port: str) -> None:
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise Problem(f"PORT={port} is no port. Give a number from 1 to 65535: make run PORT=8001")
    try:
        with socket.socket(socket.AF_INET6 if ":" in bind else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does
            probe.bind((bind, int(port)))
            probe.listen()
    except OSError as error:
        raise Problem(_explain(error, bind, port)) from None


def _explain(error: OSError, bind: str, port: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use. Stop what uses it, or choose another: make run PORT={int(port) + 1}"
    if error.errno == errno.EACCES:
        return f"Port {port} is for the system's own services. Choose one from 1024 up: make run PORT=8001"
    return f"Cannot listen on BIND={bind}: {reason(error)}. Use an address of this machine, such as 127.0.0.1."
