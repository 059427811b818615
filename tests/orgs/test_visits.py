"""An administrator looks at an example as one of its made-up people: by a link, once, for a while; as nobody else."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from orgs.models import AuditEntry, Member
from orgs.roles import Role
from orgs.scope import scope
from orgs.services import examples, members, visits, workspaces

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def example(committed_world):
    """An example with Pia, who exists on paper, and Vi, who does not."""
    opened = workspaces.open_workspace(
        name="Larch", email=committed_world.ada.user.email, person_name="Ada", is_example=True
    )
    with scope(opened.workspace.pk):
        paper = examples.person(name="Pia Paper", email="pia@larch.example")
        pia = members.add(user=paper, roles=[(Role.EXECUTIVE, None)], by=opened.administrator)
        vi = members.add(user=committed_world.vi.user, roles=[(Role.VIEWER, None)], by=opened.administrator)
    return SimpleNamespace(workspace=opened.workspace, administrator=opened.administrator, pia=pia, vi=vi)


def asked(client, member):
    return client.post(f"/w/larch/example/people/{member.pk}/link/")


def path_of(answer):
    return re.search(r'value="http://[^/"]+(/visits/[^"]+)"', answer.content.decode())[1]


@pytest.fixture
def path(example, committed_world, sign_in):
    return path_of(asked(sign_in(committed_world.ada), example.pia))


def told(example):
    with scope(example.workspace.pk):
        found = AuditEntry.objects.filter(action__startswith="example.").order_by("pk")
        return [(each.action, each.actor_id, each.subject_id) for each in found]


def test_the_link_signs_in_once_and_both_are_in_the_audit(example, committed_world, path):
    private = Client()
    assert "made-up people" in private.get(path).content.decode()
    assert "_auth_user_id" not in private.session  # a preview opens links too
    answer = private.post(path, follow=True)
    assert answer.redirect_chain[-1][0] == "/w/larch/"
    assert private.session["_auth_user_id"] == str(example.pia.user_id)
    again = Client().post(path)
    assert again.status_code == 404
    assert "does not work any more" in again.content.decode()
    pia, ada = example.pia.pk, example.administrator.pk
    assert told(example) == [("example.invite_visit", ada, pia), ("example.visit", ada, pia)]


def test_the_administrator_stays_who_they_are(example, committed_world, sign_in):
    client = sign_in(committed_world.ada)
    assert "Make a link" in client.get("/w/larch/example/").content.decode()
    asked(client, example.pia)
    assert client.session["_auth_user_id"] == str(committed_world.ada.user_id)


def test_it_ends_by_itself(example, path):
    with time_machine.travel(timezone.now() + timedelta(minutes=visits.MINUTES, seconds=5)):
        assert Client().post(path).status_code == 404


def test_nobody_real_is_looked_at_it_as(example, committed_world, sign_in):
    client = sign_in(committed_world.ada)
    answer = asked(client, example.vi)
    assert answer.status_code == 302
    assert "Only the made-up people" in client.get(answer["Location"]).content.decode()
    assert told(example) == []


def test_nobody_who_is_elsewhere_too_not_even_by_a_link_of_before(example, committed_world, sign_in, path):
    with committed_world.inside():
        members.add(user=example.pia.user, roles=[(Role.VIEWER, None)], by=committed_world.ada)
    assert Client().post(path).status_code == 404
    assert asked(sign_in(committed_world.ada), example.pia).status_code == 302


def test_nobody_with_a_password(example, committed_world, sign_in):
    user = example.pia.user
    user.set_password("anything 1234")
    user.save()
    assert asked(sign_in(committed_world.ada), example.pia).status_code == 302


def test_no_link_leads_into_a_real_workspace(committed_world, sign_in):
    with committed_world.inside():
        paper = examples.person(name="Pia Paper", email="pia@larch.example")
        pia = members.add(user=paper, roles=[(Role.VIEWER, None)], by=committed_world.ada)
        with pytest.raises(visits.NotMadeUp):
            visits.invite(member=Member.objects.get(pk=pia.pk), by=committed_world.ada)
    answer = sign_in(committed_world.ada).post(f"/w/acme/example/people/{pia.pk}/link/")
    assert answer.status_code == 404


def test_others_make_no_link(example, committed_world, sign_in):
    assert asked(sign_in(committed_world.vi), example.pia).status_code == 403
    assert asked(sign_in(committed_world.ann), example.pia).status_code == 404
    assert Client().post("/visits/W10:anything/").status_code == 404


def test_a_link_ends_with_its_maker_and_with_its_person(example, committed_world, path):
    with scope(example.workspace.pk):
        Member.objects.filter(pk=example.pia.pk).update(left_at=timezone.now())
    assert Client().post(path).status_code == 404


def test_a_made_up_person_gets_no_password_and_joins_nothing(example, committed_world, path):
    private = Client()
    private.post(path)
    answer = private.get("/accounts/password/change/", follow=True)
    assert "has no password" in answer.content.decode()
    assert private.get("/w/acme/").status_code == 404
