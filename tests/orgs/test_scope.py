"""The scope: rows of one workspace at a time, restored on the way out, refused without one."""

import pytest
from django.db import connection, transaction

from journeys.models import Touchpoint
from orgs import scope as scopes
from orgs.models import Department
from orgs.scope import ForeignRow, NoScope, scope


def setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("select current_setting(%s, true)", [name])
        return cursor.fetchone()[0] or ""


def test_shows_rows_of_its_workspace_alone(world):
    with world.inside():
        assert list(Department.objects.values_list("name", flat=True)) == ["Service"]
    with world.inside_umbra():
        assert Touchpoint.objects.count() == 2  # the planted one, and the one that it hands customers over to


def test_asking_without_a_scope_raises(world):
    with pytest.raises(NoScope):
        Department.objects.count()


def test_leaving_an_inner_scope_restores_the_outer(world):
    with world.inside():
        with scope(world.umbra.pk):
            assert setting("app.workspace") == str(world.umbra.pk)
        assert setting("app.workspace") == str(world.acme.pk)
        assert Department.objects.get().name == "Service"


def test_an_error_in_an_inner_scope_restores_the_outer(world):
    with world.inside():
        with pytest.raises(ZeroDivisionError), scope(world.umbra.pk):
            raise ZeroDivisionError
        assert setting("app.workspace") == str(world.acme.pk)


def test_a_rolled_back_inner_scope_restores_the_outer(world):
    with world.inside():
        with scope(world.umbra.pk):
            transaction.set_rollback(True)
        assert setting("app.workspace") == str(world.acme.pk)


@pytest.mark.django_db(transaction=True)
def test_nothing_of_a_scope_outlives_its_transaction(committed_world):
    with committed_world.inside():
        pass
    assert setting("app.workspace") == ""
    assert scopes.current() == scopes.Scope()


def test_saving_a_row_of_another_workspace_is_refused(world):
    with world.inside_umbra():
        foreign = Department.objects.get()
    with world.inside():
        with pytest.raises(ForeignRow):
            foreign.save()
        with pytest.raises(ForeignRow):
            Department.objects.bulk_create([Department(name="x", workspace_id=world.umbra.pk)])
