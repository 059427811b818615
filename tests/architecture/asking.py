"""Asks a URL as somebody, leaving no trace: what the answer changed is rolled back."""

import re
from collections.abc import Iterable
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from tests.architecture.access_table import OTHER_ARGUMENTS, TABLE

MISSING = 999_999_999
TOGETHER = 8  # addresses asked on one set-up of the companies: what each answer changes is undone
TOKENS = re.compile(r"[A-Za-z0-9]{64}")


def together(found: Iterable[str]) -> pytest.MarkDecorator:
    """Run a test for so many names at once; it is called after the first."""
    every = list(found)
    parts = [every[start : start + TOGETHER] for start in range(0, len(every), TOGETHER)]
    return pytest.mark.parametrize("names", parts, ids=[part[0] for part in parts])


def patterns(within: URLResolver | None = None) -> list[URLPattern]:
    """Every pattern of the URLconf, those of includes too."""
    found: list[URLPattern] = []
    for each in (within or get_resolver()).url_patterns:
        found += patterns(each) if isinstance(each, URLResolver) else [each]
    return found


def is_of_workspace(name: str) -> bool:
    return address(name, MISSING).startswith("/w/")


def address(name: str, pk: int | None = None, slug: str = "acme") -> str:
    """The path of a URL; with a pk where its row in the table is about a record."""
    pattern = next(each for each in patterns() if each.name == name)
    wanted = pattern.pattern.converters
    values = {**OTHER_ARGUMENTS.get(name, {}), **({"slug": slug} if "slug" in wanted else {})}
    return reverse(name, kwargs=values | ({"pk": pk} if TABLE[name].about else {}))


def clients(world: Any) -> dict[str, Client]:
    """A signed-in client per person of the cast, and one that is nobody's."""
    people = {**world.cast, "ann": world.ann}
    return {
        "anonymous": Client(raise_request_exception=False),
        **{name: client_of(member) for name, member in people.items()},
    }


def client_of(member: Any) -> Client:
    """A signed-in client."""
    found = Client(raise_request_exception=False)
    found.force_login(member.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return found


def ask(
    client: Client, method: str, path: str, data: Any = None, content_type: str = "", **headers: str
) -> HttpResponse:
    """Return the answer, read to its end, after undoing what it did. With a content type, `data` is sent as it is."""
    sent: dict[str, Any] = {"content_type": content_type} if content_type else {}
    with transaction.atomic():
        cookies = client.cookies.copy()
        answer: Any = getattr(client, method)(path, data or {}, headers=headers, **sent)
        answer.words = words(answer)
        client.cookies = cookies
        transaction.set_rollback(True)
    return answer


def words(answer: Any) -> str:
    """The whole answer as text: headers that carry words, and the body."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    carried = [answer.get(name, "") for name in ("Location", "Content-Disposition", "HX-Redirect", "HX-Trigger")]
    return "\n".join([*carried, body.decode(errors="replace")])


def comparable(answer: Any, pk: int, slug: str = "acme") -> tuple[int, str]:
    """Status and words without what may differ: the forgery token, and the address that was asked for."""
    asked = re.compile(rf"(/w/){slug}(/[a-z/-]*)(?:{pk})?")
    return answer.status_code, asked.sub(r"\1SLUG\2PK", TOKENS.sub("TOKEN", answer.words))
