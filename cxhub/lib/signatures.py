"""Standard Webhooks: who signed a message, over the bytes as they came. Pure; time is passed in.

standardwebhooks.com: base64 of HMAC-SHA256 over "id.timestamp.body", as "v1,<signature>".
"""

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

WINDOW_SECONDS = 300
PREFIX: Final = "whsec_"
KEY_BYTES = (24, 64)
"""How long a key of Standard Webhooks may be."""
MOST_SIGNATURES = 10
"""A sender that rotates its key signs with two; the rest is noise."""
SECONDS = re.compile(r"\d{1,12}", re.ASCII)


class NotSigned(Exception):
    """No valid secret made this signature, or it is too old. Says which, to the owner of the secret alone."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def new_secret() -> str:
    """Return a fresh secret as Standard Webhooks write it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def is_usable(secret: str) -> bool:
    """Say whether messages may be signed with this: never with nothing, or with what can be guessed."""
    key = _key(secret)
    return key is not None and KEY_BYTES[0] <= len(key) <= KEY_BYTES[1]


def check(headers: Mapping[str, str], body: bytes, valid: Sequence[str], now: datetime) -> str:
    """Return the id that the signature covers. Raises NotSigned."""
    named = [headers.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature")]
    if not all(named):
        raise NotSigned("headers")
    message_id, stamp, given = named
    if not SECONDS.fullmatch(stamp) or abs(now.timestamp() - int(stamp)) > WINDOW_SECONDS:
        raise NotSigned("time")
    signed = b".".join([as_it_came(message_id), stamp.encode(), body])
    keys = [key for secret in valid if is_usable(secret) and (key := _key(secret))]
    expected = [b"v1," + base64.b64encode(digest(key, signed)) for key in keys]
    if not any_equal(as_it_came(given).split()[:MOST_SIGNATURES], expected):
        raise NotSigned("signature")
    return message_id


def any_equal(given: Sequence[bytes], expected: Sequence[bytes]) -> bool:
    """Compare each with each, all of them, in a time that does not tell where they differ."""
    return sum(hmac.compare_digest(one, other) for one in given for other in expected) > 0


def digest(key: bytes, signed: bytes) -> bytes:
    return hmac.new(key, signed, hashlib.sha256).digest()


def as_it_came(header: str) -> bytes:
    """Return a header as it came: servers hand the bytes over as Latin-1."""
    return header.encode("latin-1", "replace")


def _key(secret: str) -> bytes | None:
    text = secret.strip().removeprefix(PREFIX)
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
