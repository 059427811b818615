"""How a kind that calls an address signs in, and what is wrong with the words of an address or of a sign-in."""

import base64
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl, urlsplit

from django.utils.translation import gettext as _

from connectors import replies
from connectors.base import Problem
from cxhub.lib.http import Refused, origin_of

SIGN_INS = ("none", "bearer", "basic", "header")
SECRET, SECRET_ORIGIN = "secret", "secret_origin"  # names, no values
OURS = {"host", "content-length", "transfer-encoding", "connection", "accept-encoding", "content-encoding", "te"}
SECRET_PARAMETERS = {"api_key", "apikey", "access_token", "token", "key", "secret", "client_secret", "password", "sig"}


def sign_in(url: str, how: str, name: str, secrets: Mapping[str, str]) -> dict[str, str]:
    """Return the header that carries the secret. Raises SetupProblem where it may not be sent."""
    if how == "none":
        return {}
    secret = replies.sendable(secrets, SECRET, url)
    if how == "bearer":
        return {"Authorization": f"Bearer {secret}"}
    if how == "header":
        return {name: secret}
    pair = f"{name}:{secret}".encode()
    return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}


def url_problems(url: str) -> Iterator[Problem]:
    """Yield what is wrong with the words of an address."""
    try:
        origin_of(url)
    except Refused as refused:
        yield Problem("url", refused.sentence)
        return
    for name, _value in parse_qsl(urlsplit(url).query):
        if name.lower() in SECRET_PARAMETERS:
            yield Problem("url", _("Take “%(name)s” out of the address. Give it as the secret.") % {"name": name[:40]})


def sign_in_problems(how: str, name: str) -> Iterator[Problem]:
    """Yield what is wrong with the name of a user or of a header."""
    if how == "basic" and (not name or ":" in name):
        yield Problem("sign_in_name", _("Type the user name, without a colon."))
    if how == "header" and not name.replace("-", "").replace("_", "").isalnum():
        yield Problem("sign_in_name", _("Type the name of the header, like X-Api-Key."))
    elif how == "header" and name.lower() in OURS:
        yield Problem("sign_in_name", _("CX Hub sets “%(name)s” itself.") % {"name": name})
