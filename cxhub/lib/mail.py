"""Whether mail can leave, and the absolute addresses that stand in it. Sending is Django's own `django.core.mail`."""

from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any

from django.conf import settings

SECONDS = 15
"""A mail server that hangs must not hold a worker."""

REFUSALS = (SMTPRecipientsRefused, SMTPDataError)
"""The mail server answered, and did not take this letter."""

GOES_NOWHERE = {
    "django.core.mail.backends.console.EmailBackend",
    "django.core.mail.backends.dummy.EmailBackend",
}


NOBODY = ".example"
"""Addresses under it belong to nobody (RFC 2606): people who are made up have them."""


def reaches(address: str) -> bool:
    """Say whether a mail to this address can reach anybody."""
    return not address.lower().endswith(NOBODY)


def is_set_up() -> bool:
    """Say whether a mail that is sent reaches a mail server. Without EMAIL_URL it is printed, at most."""
    return settings.EMAIL_BACKEND not in GOES_NOWHERE


def absolute(path: str) -> str:
    """Return the whole address of a path of this site, for readers outside of it."""
    return settings.BASE_URL.rstrip("/") + path


def is_final(refusal: Any) -> bool:
    """Say of one of REFUSALS whether trying again is of no use: the server said 5xx, to everybody."""
    if isinstance(refusal, SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in refusal.recipients.values())
    return int(refusal.smtp_code) >= 500
