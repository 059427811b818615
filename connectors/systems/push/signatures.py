"""Who signed a message to a feed: Standard Webhooks, or plain HMAC-SHA256 in a header of the sender's choice."""

import base64
from collections.abc import Mapping, Sequence
from datetime import datetime

from connectors.systems.push.settings import PushSettings
from cxhub.lib import signatures
from cxhub.lib.signatures import NotSigned, any_equal, as_it_came, digest

LEAST_CHARACTERS, MOST_CHARACTERS = 16, 400


def is_usable(secret: str, settings: PushSettings) -> bool:
    """Say whether messages may be signed with this: never with nothing, or with what can be guessed.

    For a plain HMAC the whole text is the key.
    """
    if settings.signature == "standard":
        return signatures.is_usable(secret)
    return len(secret.strip()) >= LEAST_CHARACTERS and len(secret) <= MOST_CHARACTERS


def check(
    settings: PushSettings, headers: Mapping[str, str], body: bytes, valid: Sequence[str], now: datetime
) -> str | None:
    """Return the id that the signature covers, None where it covers the body alone. Raises NotSigned."""
    if settings.signature == "standard":
        return signatures.check(headers, body, valid, now)
    usable = [secret for secret in valid if is_usable(secret, settings)]
    if not _is_plainly_signed(settings, headers.get(settings.header, ""), body, usable):
        raise NotSigned("signature")
    return None


def _is_plainly_signed(settings: PushSettings, given: str, body: bytes, valid: Sequence[str]) -> bool:
    text = given.strip()
    if not text.startswith(settings.prefix):
        return False
    text = text[len(settings.prefix) :]
    digests = [digest(secret.encode(), body) for secret in valid]
    if settings.encoding == "hex":
        return any_equal([as_it_came(text.lower())], [each.hex().encode() for each in digests])
    return any_equal([as_it_came(text)], [base64.b64encode(each) for each in digests])
