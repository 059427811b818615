"""The maker of a key hears in time that it ends: once for each occasion, and not of one that is revoked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from orgs.models import Notification
from orgs.pipelines import key_ends
from orgs.queries import inbox
from orgs.services import keys


@pytest.fixture
def made(world):
    def _made(days, ends_in):
        start = timezone.now() - timedelta(days=days) + timedelta(days=ends_in)
        with world.inside():
            return keys.make(name="Warehouse", scopes=["kpis:read"], days=days, now=start, by=world.ivo)[0]

    return _made


def heard(world, times=1):
    for _ in range(times):
        key_ends.warn(timezone.now())
    with world.inside():
        found = Notification.objects.filter(kind="key.ending", thing_type="apikey").order_by("pk")
        return [(each.member_id, each.occasion) for each in found]


@pytest.mark.parametrize(
    ("ends_in", "occasions"), [(30, []), (13, ["ends in 14 days"]), (2, ["ends in 3 days"]), (-1, [])]
)
def test_its_maker_hears_of_each_occasion_once(ends_in, occasions, world, made):
    made(90, ends_in)
    assert heard(world, times=3) == [(world.ivo.pk, each) for each in occasions]


def test_a_key_for_three_days_comes_without_a_warning(world, made):
    made(3, 2)
    assert heard(world) == []


def test_the_inbox_says_which_and_until_when(world, made):
    key = made(90, 10)
    heard(world)
    with world.inside():
        held = list(inbox.of(world.ivo))
        told = inbox.told(held, world.ivo)[held[0].pk]
    assert "Warehouse" in told.text
    assert str(key.expires_at.astimezone(world.acme.tzinfo).year) in told.text
    assert told.path == "/w/acme/keys/"


def test_of_a_revoked_key_and_of_somebody_elses_nothing_is_said(world, made):
    key = made(90, 10)
    heard(world)
    with world.inside():
        assert not inbox.of(world.ada).filter(kind="key.ending").exists()
        keys.revoke(key=key, now=timezone.now(), by=world.ada)
        assert not inbox.of(world.ivo).exists()
        assert Notification.objects.get(kind="key.ending").done_at
    assert len(heard(world)) == 1
