"""Tokens of keys, invitations and webhooks: the workspace they open, since no scope is open yet, and 32 random bytes.

No model and no HTTP in here. Only the hash of a token is kept where it is looked up.
"""

import hashlib
import re
import secrets

API_KEY = "cxk_"  # what the tokens of API keys begin with
TOKEN = re.compile(r"([1-9]\d{0,17})-[A-Za-z0-9_-]{43}", re.ASCII)


def new(workspace_id: int, prefix: str = "") -> str:
    """Return a new token, such as `12-<43 letters>`, behind its prefix."""
    return f"{prefix}{workspace_id}-{secrets.token_urlsafe(32)}"


def workspace_of(token: str, prefix: str = "") -> int | None:
    """Return the workspace that a token names; None for what no token with this prefix looks like."""
    found = TOKEN.fullmatch(token.removeprefix(prefix)) if token.startswith(prefix) else None
    return int(found[1]) if found else None


def hashed(token: str) -> str:
    """Return what is kept of a token. It is random and long, so that a plain sha256 cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()
