"""A worker is killed with -9 while it asks a page, or while it notes the answer: the check is made again, told once."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from cxhub.lib.http import Rules
from governance.models import ExpectationCheck
from governance.pipelines import expecting as pipeline
from tests.governance.expecting import Expecting
from tests.outside import answer, outside

ROOT = Path(__file__).resolve().parents[2]
ALLOWED = "127.0.0.1/32"
WORKER = """
import os, signal, sys, django
django.setup()
from django.db import connection
from django.utils import timezone
from governance.pipelines import expecting

connection.settings_dict["NAME"], last = sys.argv[1], sys.argv[2]

def die(execute, sql, params, many, context):
    done = execute(sql, params, many, context)
    if last in sql:
        os.kill(os.getpid(), signal.SIGKILL)
    return done

with connection.execute_wrapper(die):
    expecting.check_page(workspace_id=int(sys.argv[3]), expectation_id=int(sys.argv[4]), now=timezone.now())
"""
WHILE_ASKING = "while it asks"
MOMENTS = [WHILE_ASKING, 'INSERT INTO "governance_expectationcheck"', 'INSERT INTO "orgs_notification"']


@pytest.fixture
def expected(committed_world, sign_in, settings):
    settings.OUTBOUND = replace(Rules.of(allow=[ALLOWED]), deadline_seconds=5)
    return Expecting(committed_world, sign_in)


def worker(expected, made, moment):
    """A process of its own that does the job of a page, and dies after the statement that its moment names."""
    told = {"DJANGO_SETTINGS_MODULE": "cxhub.settings", "PYTHONPATH": str(ROOT), "OUTBOUND_ALLOW": ALLOWED}
    named = [connection.settings_dict["NAME"], moment, str(expected.world.acme.pk), str(made.pk)]
    return subprocess.Popen([sys.executable, "-c", WORKER, *named], cwd=ROOT, env={**os.environ, **told})


def test_each_is_checked_again_and_told_once_however_the_first_worker_ended(expected):
    asked, running = [], []

    def answering(request):
        asked.append(request)
        if running and running[0][1] == WHILE_ASKING:
            running[0][0].kill()
            running[0][0].wait(60)
        return answer(status="503 Service Unavailable")

    with outside(answering) as server:
        pages = {moment: expected.page(server.url) for moment in MOMENTS}
        now = timezone.now() + timedelta(seconds=1)
        assert pipeline.sweep(now) == len(MOMENTS)
        for moment, made in pages.items():
            process = worker(expected, made, moment)
            running[:] = [(process, moment)]
            assert process.wait(60) == -signal.SIGKILL, moment
            assert (expected.kept(made), expected.told()) == ([], []), moment
            assert expected.fresh(made).failing_since is None
        assert len(asked) == len(MOMENTS)
        running.clear()
        assert pipeline.sweep(now + timedelta(minutes=1)) == 0  # their claims hold
        later = now + pipeline.CLAIM
        assert pipeline.sweep(later) == len(MOMENTS)
        for made in [*pages.values(), *pages.values()]:
            expected.check(made, now=later)
    for made in pages.values():
        assert expected.kept(made) == [("fail", "It answered 503 instead of 200.")]
    assert expected.told() == ["Lea"] * len(MOMENTS)  # once of each
    with expected.world.inside():
        assert ExpectationCheck.objects.count() == len(MOMENTS)
