"""Sign-in rules on top of allauth: nobody signs up uninvited, and five failures a minute per account and address."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cxhub.lib import limits

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
        if limits.count(key, seconds=WINDOW_SECONDS) > FAILURES_ALLOWED:
            raise ValidationError(_("Too many tries. Wait a minute, then try again."), code="too_many_login_attempts")
        user = super().authenticate(request, **credentials)
        if user:
            limits.forget(key)
        return user


def _pair(account: str, address: str) -> str:
    return limits.key_of("sign-in", account.strip().lower(), address)
