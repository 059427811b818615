"""The data version: writers side by side never wait for each other, and each is counted once it is seen."""

import psycopg2
import pytest
from django.db import connection

from orgs.models import Department
from tests.owner import owner_cursor

TOTAL = "select coalesce(sum(number), 0) from orgs_dataversion where workspace_id = %s"
RENAME = "update orgs_department set name = name || '!' where workspace_id = %s and id = %s"


@pytest.fixture
def session(committed_world):
    """Returns a function that opens a session of the application in Acme's scope."""
    opened = []

    def _session():
        given = connection.get_connection_params()
        names = {"dbname": "dbname", "database": "dbname", "user": "user", "password": "password"}
        names |= {"host": "host", "port": "port"}
        new = psycopg2.connect(**{names[key]: value for key, value in given.items() if key in names and value})
        opened.append(new)
        cursor = new.cursor()
        cursor.execute("set lock_timeout = '20s'")
        cursor.execute("select set_config('app.workspace', %s, false)", [str(committed_world.acme.pk)])
        return new, cursor

    yield _session
    for each in opened:
        each.close()


def test_two_writers_and_a_reader(committed_world, session):
    acme = committed_world.acme.pk
    with committed_world.inside():
        rows = [committed_world.service.pk, Department.objects.create(name="Sales").pk]
    (first, write), (second, write_too), (_, read) = session(), session(), session()

    def total():
        read.execute(TOTAL, [acme])
        return read.fetchone()[0]

    seen = [total()]
    write.execute(RENAME, [acme, rows[0]])
    write_too.execute(RENAME, [acme, rows[1]])  # does not wait for the first
    assert total() == seen[0]
    second.commit()
    seen.append(total())
    first.commit()
    seen.append(total())
    assert seen[0] < seen[1] < seen[2]


def test_the_owner_of_the_tables_counts_everywhere(committed_world):
    places = [committed_world.acme.pk, committed_world.umbra.pk]
    with owner_cursor() as cursor:
        before = [total_of(cursor, each) for each in places]
        cursor.execute("update insights_source set name = name where id = 0")
        assert all(now > then for now, then in zip([total_of(cursor, each) for each in places], before, strict=True))


def total_of(cursor, workspace_id):
    cursor.execute(TOTAL, [workspace_id])
    return cursor.fetchone()[0]
