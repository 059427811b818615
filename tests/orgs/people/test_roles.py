"""Changing a member's roles: it counts at once, somebody always administers, and two administrators see each other."""

import pytest
from django.conf import settings

from orgs.models import AuditEntry
from orgs.roles import Role
from orgs.services import members, stale


def seen(member):
    return stale.seen({"roles": members.roles_of(member)})


def path(member):
    return f"/w/acme/people/{member.pk}/"


def test_roles_are_saved_with_their_departments_and_audited(world, sign_in):
    with world.inside():
        was = seen(world.vi)
    data = {"roles": ["map_editor"], "contributor": [world.service.pk], "was": was}
    assert sign_in(world.ada).post(path(world.vi), data).status_code == 302
    with world.inside():
        assert members.roles_of(world.vi) == ["Contributor (Service)", "Map editor"]
        entry = AuditEntry.objects.first()
    assert (entry.action, entry.actor_id, entry.subject_id) == ("member.change_roles", world.ada.pk, world.vi.pk)
    assert (entry.before["roles"], entry.after["roles"]) == (["Viewer"], ["Contributor (Service)", "Map editor"])


def test_they_count_with_the_next_request_and_rename_the_session(world, client, sign_in):
    browser = sign_in(world.ivo)
    assert browser.get("/w/acme/uploads/new/").status_code == 200
    key = browser.cookies[settings.SESSION_COOKIE_NAME].value
    with world.inside():
        members.change_roles(member=world.ivo, roles=[(Role.VIEWER, None)], was=seen(world.ivo), by=world.ada)
    assert browser.get("/w/acme/uploads/new/").status_code == 403
    assert browser.cookies[settings.SESSION_COOKIE_NAME].value != key
    assert browser.get("/w/acme/touchpoints/").status_code == 200
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    assert client.get("/w/acme/touchpoints/").status_code == 302


def test_the_last_administrator_stays_one(world, sign_in):
    with world.inside():
        was = seen(world.ada)
    answer = sign_in(world.ada).post(path(world.ada), {"roles": ["viewer"], "was": was})
    assert answer.status_code == 422
    assert "at least one administrator" in answer.content.decode()
    with world.inside():
        assert members.roles_of(world.ada) == ["Administrator"]
        members.change_roles(member=world.eli, roles=[(Role.ADMINISTRATOR, None)], was=seen(world.eli), by=world.ada)
    assert sign_in(world.ada).post(path(world.ada), {"roles": ["viewer"], "was": was}).status_code == 302


def test_an_administrator_who_cannot_sign_in_does_not_count(inside):
    members.change_roles(member=inside.eli, roles=[(Role.ADMINISTRATOR, None)], was=seen(inside.eli), by=inside.ada)
    inside.eli.user.is_active = False
    inside.eli.user.save()
    with pytest.raises(members.LastAdministrator):
        members.change_roles(member=inside.ada, roles=[(Role.VIEWER, None)], was=seen(inside.ada), by=inside.ada)


def test_no_role_at_all_is_refused(world, sign_in):
    with world.inside():
        was = seen(world.vi)
    answer = sign_in(world.ada).post(path(world.vi), {"was": was})
    assert answer.status_code == 422
    assert "Choose at least one role" in answer.content.decode()


def test_a_change_made_on_an_old_page_shows_both(world, sign_in):
    with world.inside():
        was = seen(world.vi)
        members.change_roles(member=world.vi, roles=[(Role.EXECUTIVE, None)], was=was, by=world.ada)
    answer = sign_in(world.ada).post(path(world.vi), {"roles": ["integrator"], "was": was})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert 'dir="auto">Executive</td>' in text
    assert 'dir="auto">Integrator</td>' in text
    with world.inside():
        assert members.roles_of(world.vi) == ["Executive"]
        now = seen(world.vi)
    assert f'value="{now}"' in text
    assert sign_in(world.ada).post(path(world.vi), {"roles": ["integrator"], "was": now}).status_code == 302


def test_a_foreign_department_is_no_choice(world, sign_in):
    with world.inside():
        was = seen(world.vi)
    theirs = world.umbra_rows["department"].pk
    answer = sign_in(world.ada).post(path(world.vi), {"department_lead": [theirs], "was": was})
    assert answer.status_code == 422
    with world.inside():
        assert members.roles_of(world.vi) == ["Viewer"]


def test_only_administrators_may(world, sign_in):
    for member in (world.eli, world.lea, world.ivo, world.vi):
        assert sign_in(member).get(path(world.vi)).status_code == 403
    assert sign_in(world.ann).get(path(world.vi)).status_code == 404
