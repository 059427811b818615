"""A person stops a run, and nothing is written."""

import pytest
from django.db import connection

from connectors import registry
from connectors.models import RejectedRow
from connectors.services import runs
from orgs.models import AuditEntry
from tests.connectors.desk import FILE, Crash, bring, cancel, crash, give, let_the_lease_run_out, nothing_landed, work


def test_cancelling_while_it_reads_stops_it_and_writes_nothing(world, interrupted):
    run = interrupted({})
    registry.CONNECTORS["interrupted"].calls[100] = lambda: cancel(world, run)
    run = work(world, run, seconds_between_notes=0)
    assert (run.state, run.message) == ("cancelled", "Cancelled. Nothing was changed.")
    assert nothing_landed(world)
    with world.inside():
        assert AuditEntry.objects.get(action="run.cancel").actor == world.ivo
        assert RejectedRow.objects.filter(run=run).count() == run.rows_rejected


def test_cancelling_after_the_last_row_still_writes_nothing(world, interrupted):
    run = interrupted({})
    registry.CONNECTORS["interrupted"].calls[299] = lambda: cancel(world, run)
    assert work(world, run).state == "cancelled"
    assert nothing_landed(world)


def test_cancelling_in_the_last_moment_before_landing_writes_nothing(world):
    run = give(world, FILE)

    def cancel_first(execute, sql, params, many, context):
        if "FOR UPDATE OF" in sql and "connectors_syncrun" in sql:
            with connection.cursor() as cursor:
                cursor.execute("update connectors_syncrun set cancel_asked_at = now() where id = %s", [run.pk])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(cancel_first):
        run = work(world, run)
    assert run.state == "cancelled"
    assert nothing_landed(world)


def test_a_waiting_run_is_cancelled_at_once(world):
    run = give(world, FILE)
    assert cancel(world, run).state == "cancelled"
    assert work(world, run).fence == 0


def test_a_run_whose_worker_died_after_cancelling_is_cancelled_by_the_next(world, interrupted):
    run = interrupted({100: crash})
    with pytest.raises(Crash):
        work(world, run)
    cancel(world, run)
    let_the_lease_run_out(world, run)
    assert work(world, run).state == "cancelled"


def test_a_finished_run_cannot_be_cancelled(world):
    run = bring(world, FILE)
    with pytest.raises(runs.RunIsOver, match="already finished"):
        cancel(world, run)
