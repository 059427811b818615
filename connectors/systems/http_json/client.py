"""Asks for one page. The secret goes into a header, nowhere else."""

import base64
from collections.abc import Mapping

from connectors import replies
from connectors.base import Ask
from connectors.replies import Page
from connectors.systems.http_json.settings import Settings

SECRET, SECRET_ORIGIN = "secret", "secret_origin"  # names, no values


def ask_for(url: str, settings: Settings, ask: Ask) -> Page | None:
    """Return the page at this address, None where there is nothing (404). Raises SetupProblem, TryLater."""
    body = settings.body.encode() if settings.method == "POST" else b""
    headers, signs_in = _headers(url, settings, ask), settings.sign_in != "none"
    return replies.ask_json(url, ask, method=settings.method, headers=headers, body=body, signs_in=signs_in)


def _headers(url: str, settings: Settings, ask: Ask) -> Mapping[str, str]:
    pairs = (line.partition(":") for line in settings.headers)
    headers = {name.strip(): value.strip() for name, _colon, value in pairs}
    if settings.method == "POST":
        headers.setdefault("Content-Type", "application/json")
    return headers | _sign_in(url, settings, ask)


def _sign_in(url: str, settings: Settings, ask: Ask) -> dict[str, str]:
    """Return the header that carries the secret. Raises SetupProblem where it may not be sent."""
    if settings.sign_in == "none":
        return {}
    secret = replies.secret(ask, SECRET, url)
    if settings.sign_in == "bearer":
        return {"Authorization": f"Bearer {secret}"}
    if settings.sign_in == "header":
        return {settings.sign_in_name: secret}
    pair = f"{settings.sign_in_name}:{secret}".encode()
    return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}
