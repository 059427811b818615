"""Letting somebody go: what they hold is handed over, their sessions end, history keeps their name."""

import pytest
from django.utils import timezone

from connectors.models import Connection
from insights.services import trust
from orgs.models import AuditEntry, MemberRole, User
from orgs.roles import Role
from orgs.services import members
from tests.planting import measured
from tests.world import CANARY


def path(member):
    return f"/w/acme/people/{member.pk}/removal/"


@pytest.fixture
def holding(world):
    """Lea owns a KPI and a connection and leads Service alone."""
    rows = world.fill_acme()
    with world.inside():
        kpi = measured(rows["touchpoint"], by=world.ada, source_name="More")
        trust.name_owner(kpi=kpi, owner=world.lea, by=world.ada)
        connection = Connection.objects.create(kind="file", name="Of Lea", created_by=world.lea)
    return {**rows, "kpi": kpi, "connection": connection}


def test_the_page_lists_what_somebody_holds(world, holding, sign_in):
    text = sign_in(world.ada).get(path(world.lea)).content.decode()
    for words in ("KPIs owned (1)", "Connections (1)", "Of Lea", "Departments led alone (1)", "Service"):
        assert words in text
    assert CANARY not in text


def test_each_kind_goes_to_the_one_chosen_and_is_audited(world, holding, sign_in):
    data = {"kpis": world.max.pk, "connections": world.ivo.pk, "departments": world.con.pk}
    assert sign_in(world.ada).post(path(world.lea), data)["Location"] == "/w/acme/people/"
    with world.inside():
        holding["kpi"].refresh_from_db()
        holding["connection"].refresh_from_db()
        leads = MemberRole.objects.filter(role=Role.DEPARTMENT_LEAD).values_list("member_id", "department_id")
        assert holding["kpi"].owner_id == world.max.pk
        assert holding["connection"].created_by_id == world.ivo.pk
        assert list(leads) == [(world.con.pk, world.service.pk)]
        said = set(AuditEntry.objects.filter(actor=world.ada).values_list("action", flat=True)[:6])
    assert {"kpi.name_owner", "connection.hand_over", "member.take_over", "member.remove"} <= said


def test_what_goes_to_nobody_is_left_unowned(world, holding, sign_in):
    assert sign_in(world.ada).post(path(world.lea), {}).status_code == 302
    with world.inside():
        holding["kpi"].refresh_from_db()
        holding["connection"].refresh_from_db()
    assert (holding["kpi"].owner_id, holding["connection"].created_by_id) == (None, None)


def test_a_foreign_member_or_the_one_who_leaves_takes_nothing_over(world, holding, sign_in):
    for other in (world.ann, world.lea):
        answer = sign_in(world.ada).post(path(world.lea), {"kpis": other.pk})
        assert answer.status_code == 422
    with world.inside():
        world.lea.refresh_from_db()
    assert world.lea.left_at is None


def test_the_last_workspace_ends_every_session(world, client, sign_in):
    lea = sign_in(world.lea)
    assert lea.get("/w/acme/touchpoints/").status_code == 200
    with world.inside():
        members.remove(member=world.lea, handed={}, by=world.ada, now=timezone.now())
    answer = lea.get("/w/acme/touchpoints/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/sign-in/")
    assert not lea.session.keys()


def test_somebody_in_another_workspace_stays_signed_in_there(world, sign_in):
    with world.inside_umbra():
        members.add(user=world.lea.user, roles=[(Role.VIEWER, None)], by=world.ann)
    lea = sign_in(world.lea)
    with world.inside():
        members.remove(member=world.lea, handed={}, by=world.ada, now=timezone.now())
    assert lea.get("/w/acme/touchpoints/").status_code == 404
    assert lea.get("/w/umbra/touchpoints/").status_code == 200


def test_history_keeps_the_name(world, holding):
    with world.inside():
        members.remove(member=world.lea, handed={}, by=world.ada, now=timezone.now())
        entry = AuditEntry.objects.get(action="member.remove")
        assert entry.subject_label == "Lea"
        assert entry.before == {"roles": ["Department lead (Service)"]}
        assert str(type(world.lea).objects.get(pk=world.lea.pk)) == "Lea"


def test_the_last_administrator_cannot_go(world, sign_in):
    answer = sign_in(world.ada).post(path(world.ada))
    assert answer.status_code == 422
    assert "at least one administrator" in answer.content.decode()
    assert sign_in(world.ada).get("/w/acme/people/").status_code == 200


def test_somebody_who_left_can_come_back(world):
    with world.inside():
        members.remove(member=world.vi, handed={}, by=world.ada, now=timezone.now())
        user = User.objects.get(pk=world.vi.user_id)
        back = members.add(user=user, roles=[(Role.EXECUTIVE, None)], by=world.ada)
        assert (back.pk, back.left_at, members.roles_of(back)) == (world.vi.pk, None, ["Executive"])
        with pytest.raises(members.AlreadyMember):
            members.add(user=user, roles=[(Role.VIEWER, None)], by=world.ada)


def test_nobody_is_let_go_twice(world, sign_in):
    client = sign_in(world.ada)
    assert client.post(path(world.vi)).status_code == 302
    assert client.post(path(world.vi)).status_code == 404
    assert sign_in(world.eli).post(path(world.con)).status_code == 403
