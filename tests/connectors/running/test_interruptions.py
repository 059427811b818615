"""What happens to a run from outside is not held against it: it is given back at once, and goes on by itself."""

import psycopg2
import pytest
from django.db import InterfaceError, OperationalError

from tests.connectors.running.desk import again, answers, ask, connect, feed_of, hourly, raising, refresh, runs_of, work


def of_postgres(code):
    """Return an error as Django hands it on."""
    error = OperationalError("said by PostgreSQL")
    error.__cause__ = psycopg2.errors.lookup(code)() if code else None
    if code:
        error.__cause__.__setstate__({"pgcode": code})
    return error


AWAY = {
    "the-connection-broke": InterfaceError("connection already closed"),
    "nobody-listens": of_postgres(None),
    "it-is-shut-down": of_postgres("57P01"),
    "it-crashed": of_postgres("57P02"),
    "a-deadlock-is-broken": of_postgres("40P01"),
    "its-disk-is-full": of_postgres("53100"),
}


@pytest.mark.parametrize("trouble", AWAY.values(), ids=AWAY.keys())
def test_losing_the_database_again_and_again_is_not_held_against_a_run(world, bell, trouble):
    bell.answer = raising(trouble)
    run = refresh(world, hourly(world, connect(world)))
    for _times in range(4):
        assert (run.state, run.lease_until, run.stumbles) == ("queued", None, 0)
        run = work(world, run)
    bell.answer = answers("2026-05-12")
    assert work(world, run).state == "done"
    assert [line[1] for line in run.log].count("interrupted") == 5


@pytest.mark.parametrize("code", ["57014", "54001"])
def test_a_statement_that_the_database_refuses_is_the_runs_own_doing(world, bell, code):
    bell.answer = raising(of_postgres(code))
    feed = hourly(world, connect(world))
    run = refresh(world, feed)
    assert again(world, again(world, run)).state == "quarantined"
    assert len(runs_of(world, feed)) == 1


def test_a_worker_that_is_told_to_stop_gives_the_run_back(world, bell):
    run = ask(world, feed_of(world, connect(world)))
    for _deploy in range(4):
        bell.answer = raising(SystemExit(-15))
        with pytest.raises(SystemExit):
            work(world, run)
    bell.answer = answers("2026-05-12")
    run = work(world, run)
    assert (run.state, run.stumbles) == ("done", 0)
