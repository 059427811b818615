"""Every kind of connected system keeps the promises of connectors/base.py."""

import pytest
from django.db import connection

from connectors.base import Answer, Ready, Rejected, SetupProblem
from connectors.registry import CONNECTORS, connector, register
from tests.connectors.desk import ANSWERS, BERLIN, csv_of

# What each kind needs to yield records here: settings, and content where it is given some.
REHEARSALS = {"file": (ANSWERS.to_json(), [csv_of(("Desk", "2026-05-11", 4), ("Desk", "2026-05-11", "x"))])}


@pytest.mark.parametrize("kind", CONNECTORS)
def test_it_knows_its_own_kind_and_has_a_name(kind):
    assert connector(kind).kind == kind
    assert str(connector(kind).name)


@pytest.mark.parametrize("kind", CONNECTORS)
def test_it_yields_plain_records_and_touches_no_database(kind):
    settings, content = REHEARSALS[kind]

    def refuse(*_args):
        raise AssertionError("A connector asked the database.")

    with connection.execute_wrapper(refuse):
        records = list(connector(kind).records(settings, content, BERLIN))
    assert records
    assert all(isinstance(record, Answer | Ready | Rejected) for record in records)


@pytest.mark.parametrize("kind", CONNECTORS)
def test_its_plan_names_at_least_one_measure(kind):
    assert connector(kind).plan(REHEARSALS[kind][0]).measures


@pytest.mark.parametrize("kind", CONNECTORS)
@pytest.mark.parametrize("broken", [{}, {"measures": 5}, {"row_is": None}])
def test_settings_that_cannot_work_are_a_setup_problem(kind, broken):
    with pytest.raises(SetupProblem):
        connector(kind).plan(broken)


def test_two_connectors_of_one_name_are_a_mistake():
    with pytest.raises(ValueError, match="file"):
        register(connector("file"))
