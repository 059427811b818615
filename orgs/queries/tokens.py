"""The secret in an invitation's link. It carries the workspace's id, since it is looked up before any scope."""

import secrets
from hashlib import sha256


def new(workspace_id: int) -> tuple[str, str]:
    """Return a new token, and the hash that is stored in its place."""
    token = f"{workspace_id}-{secrets.token_urlsafe(32)}"
    return token, hashed(token)


def hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def workspace_of(token: str) -> int | None:
    """Return the workspace that a token says it is of, or None when it is no token."""
    number, _, secret = token.partition("-")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 18 and secret else None
