"""Tokens that carry the workspace they open, and the hash that is kept of them. No model and no HTTP in here."""

import hashlib
import secrets

API_KEY = "cxk"  # what the tokens of API keys begin with
MOST_DIGITS = 18  # a workspace id is a bigint


def make(prefix: str, workspace_id: int) -> str:
    """Return a new token, such as `cxk_12_<43 letters>`: 32 random bytes behind the workspace they belong to."""
    return f"{prefix}_{workspace_id}_{secrets.token_urlsafe(32)}"


def workspace_of(prefix: str, token: str) -> int | None:
    """Return the workspace a token names, or None when it cannot be a token of this prefix."""
    parts = token.split("_", 2)
    if len(parts) != 3 or parts[0] != prefix or not parts[2] or len(token) > 200:
        return None
    digits = parts[1]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS else None


def hashed(token: str) -> str:
    """Return what is kept of a token. It is random and long, so that a plain sha256 cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()
