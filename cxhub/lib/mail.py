"""Whether mail can leave, and the absolute addresses that stand in it. Sending is Django's own `django.core.mail`."""

from django.conf import settings

SECONDS = 15
"""A mail server that hangs must not hold a worker."""

GOES_NOWHERE = {
    "django.core.mail.backends.console.EmailBackend",
    "django.core.mail.backends.dummy.EmailBackend",
}


def is_set_up() -> bool:
    """Say whether a mail that is sent reaches a mail server. Without EMAIL_URL it is printed, at most."""
    return settings.EMAIL_BACKEND not in GOES_NOWHERE


def absolute(path: str) -> str:
    """Return the whole address of a path of this site, for readers outside of it."""
    return settings.BASE_URL.rstrip("/") + path
