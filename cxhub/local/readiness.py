"""Asks the web process whether people can be let in."""

import http.client

READY = "ready"


def ask(bind: str, port: str) -> str:
    """Return READY, or in words what is missing."""
    connection = http.client.HTTPConnection(_on_this_machine(bind), int(port), timeout=2)
    try:
        connection.request("GET", "/readyz", headers={"Host": "localhost"})
        response = connection.getresponse()
        text = response.read(500).decode("utf-8", "replace").strip()
    except (OSError, http.client.HTTPException):
        return "nobody answers on its port"
    finally:
        connection.close()
    return READY if response.status == 200 else f"/readyz answers {response.status} {text}"


def address(bind: str, port: str) -> str:
    host = _on_this_machine(bind)
    if host in {"127.0.0.1", "::1"}:
        host = "localhost"
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def _on_this_machine(bind: str) -> str:
    """A server that listens on every address is asked on this machine's own."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(bind, bind)  # noqa: S104
