"""Sign-in rules on top of allauth: nobody signs up uninvited, and five failures a minute per account and address."""

import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

FAILURES_ALLOWED = 5
WINDOW_SECONDS = 60


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Check a password, unless this address failed too often with this account.

        The try is counted before the password is looked at, so that tries side by side count too; a success gives
        its count back. Others can still sign in to the account from elsewhere.
        """
        key = _pair(str(credentials.get("email", "")), self.get_client_ip(request))
        if _count(key) > FAILURES_ALLOWED:
            raise ValidationError(_("Too many tries. Wait a minute, then try again."), code="too_many_login_attempts")
        user = super().authenticate(request, **credentials)
        if user:
            cache.delete(key)
        return user


def _pair(account: str, address: str) -> str:
    return "sign-in:" + hashlib.sha256(f"{account.strip().lower()}|{address}".encode()).hexdigest()


def _count(key: str) -> int:
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return cache.incr(key)
    except ValueError:  # the minute ended between the two calls
        cache.set(key, 1, WINDOW_SECONDS)
        return 1
