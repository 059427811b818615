"""Who signed a message: Standard Webhooks and plain HMAC-SHA256, over the bytes as they came. Pure; time is passed in.

Standard Webhooks (standardwebhooks.com): base64 of HMAC-SHA256 over "id.timestamp.body", as "v1,<signature>".
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

from connectors.systems.push.settings import PushSettings

WINDOW_SECONDS = 300
PREFIX: Final = "whsec_"
KEY_BYTES = (24, 64)
"""How long a key of Standard Webhooks may be."""
LEAST_CHARACTERS, MOST_CHARACTERS = 16, 400
MOST_SIGNATURES = 10
"""A sender that rotates its key signs with two; the rest is noise."""
SECONDS = re.compile(r"\d{1,12}", re.ASCII)


class NotSigned(Exception):
    """No secret of the feed made this signature, or it is too old. Says which, to the owner of the feed alone."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def new_secret() -> str:
    """Return a fresh secret as Standard Webhooks write it; for a plain HMAC the whole text is the key."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def is_usable(secret: str, settings: PushSettings) -> bool:
    """Say whether messages may be signed with this: never with nothing, or with what can be guessed."""
    if settings.signature == "standard":
        key = _standard_key(secret)
        return key is not None and KEY_BYTES[0] <= len(key) <= KEY_BYTES[1]
    return len(secret.strip()) >= LEAST_CHARACTERS and len(secret) <= MOST_CHARACTERS


def check(
    settings: PushSettings, headers: Mapping[str, str], body: bytes, valid: Sequence[str], now: datetime
) -> str | None:
    """Return the id that the signature covers, None where it covers the body alone. Raises NotSigned."""
    usable = [secret for secret in valid if is_usable(secret, settings)]
    if settings.signature == "hmac":
        given = headers.get(settings.header, "")
        _refuse_unless(_is_plainly_signed(settings, given, body, usable))
        return None
    return _standard(headers, body, usable, now)


def _standard(headers: Mapping[str, str], body: bytes, valid: Sequence[str], now: datetime) -> str:
    named = [headers.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature")]
    if not all(named):
        raise NotSigned("headers")
    message_id, stamp, given = named
    if not SECONDS.fullmatch(stamp) or abs(now.timestamp() - int(stamp)) > WINDOW_SECONDS:
        raise NotSigned("time")
    signed = b".".join([_bytes(message_id), stamp.encode(), body])
    keys = [key for secret in valid if (key := _standard_key(secret))]
    expected = [b"v1," + base64.b64encode(_hmac(key, signed)) for key in keys]
    _refuse_unless(_any_equal(_bytes(given).split()[:MOST_SIGNATURES], expected))
    return message_id


def _is_plainly_signed(settings: PushSettings, given: str, body: bytes, valid: Sequence[str]) -> bool:
    text = given.strip()
    if not text.startswith(settings.prefix):
        return False
    text = text[len(settings.prefix) :]
    digests = [_hmac(secret.encode(), body) for secret in valid]
    if settings.encoding == "hex":
        return _any_equal([_bytes(text.lower())], [digest.hex().encode() for digest in digests])
    return _any_equal([_bytes(text)], [base64.b64encode(digest) for digest in digests])


def _any_equal(given: Sequence[bytes], expected: Sequence[bytes]) -> bool:
    """Compare each with each, all of them, in a time that does not tell where they differ."""
    return sum(hmac.compare_digest(one, other) for one in given for other in expected) > 0


def _refuse_unless(is_signed: bool) -> None:
    if not is_signed:
        raise NotSigned("signature")


def _hmac(key: bytes, signed: bytes) -> bytes:
    return hmac.new(key, signed, hashlib.sha256).digest()


def _bytes(header: str) -> bytes:
    """Return a header as it came: servers hand the bytes over as Latin-1."""
    return header.encode("latin-1", "replace")


def _standard_key(secret: str) -> bytes | None:
    text = secret.strip().removeprefix(PREFIX)
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
