"""Asks for one page. The secret goes into a header, nowhere else."""

from connectors import calls, replies
from connectors.base import Ask
from connectors.replies import Page
from connectors.systems.http_json.settings import Settings


def ask_for(url: str, settings: Settings, ask: Ask) -> Page | None:
    """Return the page at this address, None where there is nothing (404). Raises SetupProblem, TryLater."""
    body = settings.body.encode() if settings.method == "POST" else b""
    headers, signs_in = _headers(url, settings, ask), settings.sign_in != "none"
    return replies.ask_json(url, ask, method=settings.method, headers=headers, body=body, signs_in=signs_in)


def _headers(url: str, settings: Settings, ask: Ask) -> dict[str, str]:
    pairs = (line.partition(":") for line in settings.headers)
    headers = {name.strip(): value.strip() for name, _colon, value in pairs}
    if settings.method == "POST":
        headers.setdefault("Content-Type", "application/json")
    return headers | calls.sign_in(url, settings.sign_in, settings.sign_in_name, ask.secrets)
