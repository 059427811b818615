"""An example workspace goes as a whole, and nothing else goes with it; a real one never does."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from orgs.models import Department, Member, User, Workspace
from orgs.roles import Role
from orgs.scope import scope
from orgs.services import departments, examples, members, workspaces
from tests import planting
from tests.architecture import catalogue
from tests.owner import owner_cursor

WORD = "made-up"


@pytest.fixture
def example(committed_world):
    """An example that has a row in every table, with a person who exists on paper alone."""
    opened = workspaces.open_workspace(name="Example", email="ada@acme.test", person_name="Ada", is_example=True)
    with scope(opened.workspace.pk):
        by = opened.administrator
        department, _ = departments.find_or_create("Sales", by=by)
        planting.fill(WORD, by=by, department=department)
        paper = examples.person(name="Pia Paper", email="pia@larch.example")
        members.add(user=paper, roles=[(Role.EXECUTIVE, None)], by=by)
    return opened.workspace


def rows_of(workspace_id):
    """The tables that hold a row of this workspace, by the catalogue and past every wall."""
    with owner_cursor() as cursor:
        found = []
        for table in catalogue.tenant_tables(cursor):
            cursor.execute(f"select count(*) from {table} where workspace_id = %s", [workspace_id])
            found += [table] if cursor.fetchone()[0] else []
        return found


def test_no_row_of_it_is_left_and_others_keep_theirs(example, committed_world):
    committed_world.fill_acme()
    before = rows_of(committed_world.acme.pk), rows_of(committed_world.umbra.pk)
    assert set(rows_of(example.pk)) == set(before[1])
    with scope(example.pk):
        examples.remove(workspace=example)
    assert rows_of(example.pk) == []
    assert (rows_of(committed_world.acme.pk), rows_of(committed_world.umbra.pk)) == before
    with scope(example.pk):
        assert not Workspace.objects.exists()


def test_people_on_paper_go_with_it_unless_they_are_elsewhere(example, committed_world):
    with committed_world.inside():
        kept = examples.person(name="Kay Kept", email="kay@larch.example")
        members.add(user=kept, roles=[(Role.VIEWER, None)], by=committed_world.ada)
    with scope(example.pk):
        administrator = Member.objects.filter(user=committed_world.ada.user).get()
        members.add(user=kept, roles=[(Role.VIEWER, None)], by=administrator)
        examples.remove(workspace=example)
    left = set(User.objects.filter(email__endswith=".example").values_list("email", flat=True))
    assert left == {"kay@larch.example"}
    assert User.objects.filter(pk=committed_world.ada.user_id).exists()


def test_nobody_can_sign_in_as_a_person_on_paper(example):
    assert not User.objects.get(email="pia@larch.example").has_usable_password()
    with pytest.raises(ValueError, match="could be somebody's"):
        examples.person(name="Real", email="real@company.com")


def test_a_real_workspace_is_not_removed(committed_world):
    with committed_world.inside(), pytest.raises(examples.NotAnExample):
        examples.remove(workspace=committed_world.acme)
    assert rows_of(committed_world.acme.pk)


def test_only_the_one_in_scope_is_removed(example, committed_world):
    with committed_world.inside(), pytest.raises(examples.NotAnExample):
        examples.remove(workspace=example)
    with committed_world.inside(), connection.cursor() as cursor:
        cursor.execute("select orgs_remove_example()")
        assert cursor.fetchone() == (False,)
    assert rows_of(example.pk)


def test_no_real_workspace_becomes_an_example_and_none_is_deleted_by_hand(committed_world):
    with committed_world.inside():
        with pytest.raises(IntegrityError, match="from its first moment"), transaction.atomic():
            Workspace.objects.filter(pk=committed_world.acme.pk).update(is_example=True)
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("delete from orgs_workspace")
        assert Department.objects.exists()
