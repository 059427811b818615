"""Who is in: members reach their workspace, those who left do not, and people see only what is theirs."""

import pytest
from django.utils import timezone

from orgs.models import Member
from orgs.roles import Role
from orgs.scope import scope
from orgs.services import members
from tests.world import CANARY

TOUCHPOINTS = "/w/acme/touchpoints/"
ELSEWHERE = ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "", "\\\\x"]


def leave(world, member):
    with world.inside():
        member.left_at = timezone.now()
        member.save()


def test_the_only_workspace_opens_at_once(world, sign_in):
    answer = sign_in(world.vi).get("/", follow=True)
    assert [path for path, _ in answer.redirect_chain] == ["/w/acme/"]


def test_two_workspaces_are_offered_by_name(world, sign_in):
    with world.inside_umbra():
        members.add(user=world.vi.user, roles=[(Role.VIEWER, None)], by=world.ann)
    client = sign_in(world.vi)
    with world.inside():
        Member.objects.filter(pk=world.vi.pk).update(last_seen_at=None)  # never been in either
    page = client.get("/").content.decode()
    assert page.index("/w/acme/") < page.index("/w/umbra/")
    assert sign_in(world.vi).get("/w/umbra/touchpoints/").status_code == 200
    assert CANARY not in sign_in(world.vi).get(TOUCHPOINTS).content.decode().replace(f"Umbra {CANARY}", "")


def test_a_person_in_no_workspace_is_told_what_to_do(world, sign_in):
    leave(world, world.vi)
    answer = sign_in(world.vi).get("/")
    assert answer.status_code == 200
    assert "Ask an administrator" in answer.content.decode()


def test_leaving_ends_access_at_the_next_request(world, sign_in):
    client = sign_in(world.vi)
    assert client.get(TOUCHPOINTS).status_code == 200
    leave(world, world.vi)
    assert client.get(TOUCHPOINTS).status_code == 404
    with scope(None, user_id=world.vi.user_id):
        assert not type(world.acme).objects.exists()


def test_losing_a_role_ends_its_rights_at_the_next_request(world, sign_in):
    client = sign_in(world.ivo)
    assert client.get("/w/acme/uploads/new/").status_code == 200
    with world.inside():
        world.ivo.roles.all().delete()
        members_roles = world.ivo.roles.count()
    assert members_roles == 0
    assert client.get("/w/acme/uploads/new/").status_code == 403
    assert client.get(TOUCHPOINTS).status_code == 403


def test_a_department_role_needs_its_department(inside):
    with pytest.raises(members.RoleNeedsDepartment, match="Choose a department for the role Department lead"):
        members.add(user=inside.ann.user, roles=[(Role.DEPARTMENT_LEAD, None)], by=inside.ada)
    assert not type(inside.ann).objects.filter(user=inside.ann.user).exists()


class TestTheTheme:
    def test_is_kept_and_drawn(self, world, sign_in):
        client = sign_in(world.vi)
        client.post("/theme/", {"theme": "dark"})
        assert 'data-theme="dark"' in client.get(TOUCHPOINTS).content.decode()

    def test_leads_back_to_the_page_it_was_chosen_on(self, world, sign_in):
        page = f"http://testserver{TOUCHPOINTS}"
        assert sign_in(world.vi).post("/theme/", {"theme": "dark"}, headers={"Referer": page})["Location"] == page

    @pytest.mark.parametrize(
        "elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "", "\\\\x"]
    )
    def test_never_leads_to_another_site(self, world, sign_in, elsewhere):
        answer = sign_in(world.vi).post("/theme/", {"theme": "dark"}, headers={"Referer": elsewhere})
        assert answer["Location"] == "/"

    def test_an_unknown_one_changes_nothing(self, world, sign_in):
        sign_in(world.vi).post("/theme/", {"theme": "<script>"})
        world.vi.user.refresh_from_db()
        assert world.vi.user.theme == "system"
