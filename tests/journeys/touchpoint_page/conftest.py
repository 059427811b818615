"""The page of a touchpoint as its editors ask for it: the short ways of the catalogue's tests, and saves by htmx."""

import re

import pytest
from django.test import Client

from tests.journeys.touchpoints.conftest import edit, entries, make  # noqa: F401  fixtures

HTMX = {"HX-Request": "true"}


def path(touchpoint, rest=""):
    return f"/w/acme/touchpoints/{touchpoint.pk}/{rest}"


def signed_in(member):
    client = Client()
    client.force_login(member.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def version_in(text):
    """The version from which the fragment goes on: of a field to read, a form or a conflict."""
    found = re.search(r'data-seen="(\d+)"|name="version" value="(\d+)"', text)
    return int(found[1] or found[2])


@pytest.fixture
def save(world):
    """Returns a function that saves a field as the page does."""

    def _save(member, touchpoint, key, value, version, token="", headers=HTMX):
        data = {"value": value, "version": version, "save": token}
        return signed_in(member).post(path(touchpoint, f"fields/{key}/"), data, headers=headers)

    return _save
