"""A person's own page, and the way between workspaces."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from orgs.models import MemberRole
from orgs.roles import Role
from orgs.scope import scope
from orgs.services import members
from tests.world import CANARY

PROFILE = "/profile/"
OWN = {"name": "Vi Weber", "language": "en", "zone": "Asia/Tokyo", "theme": "dark", "has_shortcuts": True}


def test_the_profile_is_kept(world, sign_in):
    assert sign_in(world.vi).post(PROFILE, OWN)["Location"] == PROFILE
    world.vi.user.refresh_from_db()
    user = world.vi.user
    assert {name: getattr(user, name) for name in OWN} == OWN
    assert 'data-theme="dark"' in sign_in(world.vi).get(PROFILE).content.decode()


def test_shortcuts_can_be_switched_off(world, sign_in):
    client = sign_in(world.vi)
    assert "data-keys" in client.get("/w/acme/").content.decode()
    client.post(PROFILE, {name: value for name, value in OWN.items() if name != "has_shortcuts"})
    text = client.get("/w/acme/").content.decode()
    assert "data-keys" not in text
    assert "Single keys are switched off." in text


def test_times_stay_those_of_the_workspace(world, sign_in):
    sign_in(world.ada).post(PROFILE, OWN)
    with world.inside():
        world.vi.last_seen_at = timezone.now().replace(year=2026, month=5, day=7, hour=10, minute=15)
        world.vi.save()
    assert "7 May 2026, 12:15" in sign_in(world.ada).get("/w/acme/people/?q=vi").content.decode()


def test_the_chosen_language_is_spoken(world, sign_in, settings):
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    translation.trans_real.get_languages.cache_clear()
    try:
        client = sign_in(world.vi)
        assert "Deutsch" in client.get(PROFILE).content.decode()
        client.post(PROFILE, OWN | {"language": "de"})
        assert '<html lang="de"' in client.get(PROFILE).content.decode()
        client.post(PROFILE, OWN | {"language": ""})
        assert '<html lang="en"' in client.get(PROFILE).content.decode()
    finally:
        translation.trans_real.get_languages.cache_clear()


@pytest.mark.parametrize(
    "change",
    [{"zone": "Mars/Base"}, {"language": "tlh"}, {"theme": "pink"}, {"name": ""}],
    ids=lambda one: next(iter(one)),
)
def test_what_cannot_be_is_explained(world, sign_in, change):
    answer = sign_in(world.vi).post(PROFILE, OWN | change)
    assert answer.status_code == 422
    world.vi.user.refresh_from_db()
    assert world.vi.user.zone == ""


@pytest.fixture
def in_both(world):
    with world.inside_umbra():
        return members.add(user=world.vi.user, roles=[(Role.EXECUTIVE, None)], by=world.ann)


def test_the_switcher_names_each_workspace_with_the_own_roles(world, in_both, sign_in):
    text = sign_in(world.vi).get("/w/acme/touchpoints/").content.decode()
    assert f"<bdi>Umbra {CANARY}</bdi>" in text
    assert '<span class="sub">Executive</span>' in text
    assert '<span class="sub">Viewer</span>' in text
    assert "Administrator" not in text


def test_the_workspace_used_last_opens(world, in_both, sign_in):
    client = sign_in(world.vi)
    with world.inside():
        type(in_both).objects.filter(pk=world.vi.pk).update(last_seen_at=None)  # never been in either
    assert client.get("/").status_code == 200
    client.get("/w/umbra/touchpoints/")
    assert client.get("/")["Location"] == "/w/umbra/"
    with world.inside_umbra():
        type(in_both).objects.filter(pk=in_both.pk).update(last_seen_at=timezone.now() - timedelta(hours=1))
    client.get("/w/acme/touchpoints/")
    assert client.get("/")["Location"] == "/w/acme/"


def test_roles_of_others_in_another_workspace_stay_unseen(world, in_both):
    with scope(None, user_id=world.vi.user_id):
        seen = set(MemberRole.across_workspaces.values_list("member_id", flat=True))
    assert seen == {world.vi.pk, in_both.pk}
