"""The word in a webhook's address: the workspace, since no scope is open yet, and a part that cannot be guessed."""

import hashlib
import re
import secrets

TOKEN = re.compile(r"([1-9]\d{0,17})-[A-Za-z0-9_-]{43}", re.ASCII)


def new_token(workspace_id: int) -> str:
    return f"{workspace_id}-{secrets.token_urlsafe(32)}"


def workspace_of(token: str) -> int | None:
    """Return the workspace that a token names; None for what no token looks like."""
    found = TOKEN.fullmatch(token)
    return int(found[1]) if found else None


def digest(token: str) -> str:
    """Return what is kept of a token to find it by."""
    return hashlib.sha256(token.encode()).hexdigest()
