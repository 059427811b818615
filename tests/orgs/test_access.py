"""The one door: a foreign or missing record is 404, one without the right 403, a lead edits only what was accepted."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory
from django.utils import timezone

from journeys.models import Touchpoint
from journeys.services import touchpoints
from orgs import access
from orgs.models import Member
from orgs.permissions import GRANTS, ONLY_OWN_DEPARTMENT, Permission
from orgs.roles import Role
from orgs.services import departments, members

EDIT = Permission.TOUCHPOINT_EDIT


def request_of(member):
    request = RequestFactory().get("/")
    request.member = Member.objects.get(pk=member.pk)
    return request


@pytest.fixture
def desk(inside):
    """A touchpoint that Service has been offered."""
    touchpoint, _ = touchpoints.find_or_create("Service desk", by=inside.ada)
    touchpoints.offer(touchpoint, inside.service, by=inside.ada, now=timezone.now())
    touchpoint.refresh_from_db()
    return touchpoint


def accept(touchpoint):
    touchpoint.accountability = "accepted"
    touchpoint.save()


def test_a_missing_and_a_foreign_record_are_not_found(inside):
    for pk in (inside.umbra_rows["touchpoint"].pk, 999_999_999):
        with pytest.raises(Http404):
            access.load(request_of(inside.ada), Touchpoint, pk, Permission.WORKSPACE_READ)


def test_an_own_record_without_the_right_is_forbidden(inside, desk):
    assert access.load(request_of(inside.vi), Touchpoint, desk.pk, Permission.WORKSPACE_READ) == desk
    with pytest.raises(PermissionDenied):
        access.load(request_of(inside.vi), Touchpoint, desk.pk, EDIT)


def test_a_lead_edits_what_the_own_department_accepted(inside, desk):
    accept(desk)
    assert access.load(request_of(inside.lea), Touchpoint, desk.pk, EDIT) == desk


def test_an_offer_alone_gives_a_lead_nothing(inside, desk):
    for state in ("offered", "declined"):
        desk.accountability = state
        desk.save()
        assert not access.may(inside.lea, EDIT, desk)


def test_a_lead_does_not_edit_for_another_department(inside, desk):
    accept(desk)
    sales, _ = departments.find_or_create("Sales", by=inside.ada)
    leader = members.add(user=inside.ann.user, roles=[(Role.DEPARTMENT_LEAD, sales)], by=inside.ada)
    assert access.may(leader, EDIT)  # there could be one, so the way to edit is shown
    assert not access.may(leader, EDIT, desk)


def test_two_roles_add_up(inside, desk):
    both = members.add(user=inside.ann.user, roles=[(Role.VIEWER, None), (Role.MAP_EDITOR, None)], by=inside.ada)
    assert access.may(both, EDIT, desk)


def test_a_member_without_roles_may_nothing(inside):
    nobody = members.add(user=inside.ann.user, roles=[], by=inside.ada)
    assert not any(access.may(nobody, permission) for permission in Permission)


@pytest.mark.parametrize("role", Role)
def test_each_role_holds_what_the_table_says_and_nothing_else(inside, desk, role):
    holder = members.add(user=inside.ann.user, roles=[(role, inside.service)], by=inside.ada)
    for permission in Permission:
        granted = permission in GRANTS[role]
        reaches = granted and (role, permission) not in ONLY_OWN_DEPARTMENT
        assert access.may(holder, permission) == granted
        assert access.may(holder, permission, desk) == reaches
