"""A program with a key, and what it asks."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from orgs.permissions import KeyScope
from orgs.services import keys

EVERYTHING = tuple(scope.value for scope in KeyScope)


class Program:
    """Speaks to the API with a key, or without one."""

    def __init__(self, slug, token=""):
        self.base, self.token = f"/w/{slug}/api/v1/", token
        self.client = Client(
            headers={"Authorization": f"Bearer {token}"} if token else {}, raise_request_exception=False
        )

    def get(self, path, **headers):
        return self.client.get(self.base + path, headers=headers)

    def send(self, method, path, body, **headers):
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        return self.client.generic(method, self.base + path, data, content_type="application/json", headers=headers)


@pytest.fixture
def program(world):
    """Returns a function that makes a key in a member's name and the program that holds it."""

    def _program(member, scopes=EVERYTHING, days=90, now=None):
        with world.inside():
            _key, token = keys.make(name="Program", scopes=scopes, days=days, now=now or timezone.now(), by=member)
        return Program(world.acme.slug, token)

    return _program
