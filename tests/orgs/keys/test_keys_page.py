"""The page of API keys: made once seen once, hashed, revoked; only for those who manage them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from orgs import tokens
from orgs.models import ApiKey, AuditEntry
from orgs.services import keys

FORM = {"name": "Warehouse", "scopes": ["kpis:read"], "days": "90"}


@pytest.fixture
def address(world):
    return reverse("keys", args=[world.acme.slug])


def made(world, **fields):
    with world.inside():
        return keys.make(
            **{"name": "K", "scopes": ["kpis:read"], "days": 90, "now": timezone.now(), "by": world.ivo} | fields
        )


def test_a_key_is_shown_once_and_kept_as_a_hash(world, sign_in, address):
    answer = sign_in(world.ivo).post(address, FORM)
    with world.inside():
        key = ApiKey.objects.get()
        entry = AuditEntry.objects.get(action="key.make")
    token = answer.context["token"]
    assert token.startswith(f"cxk_{world.acme.pk}-")
    assert token in answer.text
    assert (key.token_hash, key.member_id) == (tokens.hashed(token), world.ivo.pk)
    assert token not in str(entry.after)
    assert token not in sign_in(world.ivo).get(address).text
    assert key.start in sign_in(world.ivo).get(address).text


@pytest.mark.parametrize("wrong", [{"name": " "}, {"scopes": []}, {"scopes": ["all"]}, {"days": "4000"}, {"days": "x"}])
def test_a_key_without_name_scope_or_end_is_not_made(wrong, world, sign_in, address):
    answer = sign_in(world.ivo).post(address, FORM | wrong)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    with world.inside():
        assert not ApiKey.objects.exists()


def test_an_administrator_revokes_the_key_of_somebody_else(world, sign_in, address):
    key, _token = made(world)
    answer = sign_in(world.ada).post(reverse("key_revocation", args=[world.acme.slug, key.pk]), follow=True)
    assert "Revoked" in answer.text
    with world.inside():
        assert ApiKey.objects.get().revoked_at
        assert AuditEntry.objects.filter(action="key.revoke").count() == 1


def test_others_are_not_let_in(world, sign_in, address):
    for person in (world.eli, world.lea, world.max, world.con, world.vi):
        assert sign_in(person).get(address).status_code == 403
        assert sign_in(person).post(address, FORM).status_code == 403


def test_only_usable_keys_are_found(inside):
    now = timezone.now()
    key, _token = keys.make(name="K", scopes=["kpis:read"], days=1, now=now, by=inside.ivo)
    assert list(ApiKey.objects.usable(now)) == [key]
    assert not ApiKey.objects.usable(now + timedelta(days=1)).exists()
    inside.ivo.left_at = now
    inside.ivo.save()
    assert not ApiKey.objects.usable(now).exists()


def test_many_keys_take_as_many_queries_as_one(world, sign_in, address):
    client = sign_in(world.ivo)
    made(world)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(20):
        made(world, name=f"Key {number}")
    with CaptureQueriesContext(connection) as many:
        assert "Key 19" in client.get(address).text
    assert len(many) == len(one)
