"""A process that reminds is killed with -9 after one statement or another; the next sweep goes on from there."""

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection

from governance.models import Reminder
from governance.pipelines import reminders
from orgs.models import AuditEntry, Notification
from tests.governance.conftest import Keeping

ROOT = Path(__file__).resolve().parents[2]
DUE, NOW = date(2026, 10, 25), datetime(2026, 10, 25, 9, tzinfo=UTC)
WORKER = """
import os, signal, sys, django
from datetime import datetime
django.setup()
from django.db import connection
from governance.pipelines import reminders

connection.settings_dict["NAME"] = sys.argv[1]
left = int(sys.argv[3])

def die(execute, sql, params, many, context):
    global left
    done = execute(sql, params, many, context)
    left -= sys.argv[2] in sql
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return done

with connection.execute_wrapper(die):
    reminders.sweep(datetime.fromisoformat(sys.argv[4]))
"""


def killed_after(sql, times):
    command = [sys.executable, "-c", WORKER, connection.settings_dict["NAME"], sql, str(times), NOW.isoformat()]
    told = {**os.environ, "DJANGO_SETTINGS_MODULE": "cxhub.settings", "PYTHONPATH": str(ROOT)}
    assert subprocess.run(command, cwd=ROOT, env=told, timeout=120).returncode == -signal.SIGKILL


@pytest.fixture
def keeping(committed_world, client):
    return Keeping(committed_world, lambda member: client)


@pytest.mark.parametrize(
    ("sql", "times", "stands"),
    [
        ('INSERT INTO "governance_reminder"', 1, 0),
        ('INSERT INTO "orgs_notification"', 2, 1),  # of the second map: the first one is committed
        ('INSERT INTO "orgs_auditentry"', 1, 0),
    ],
)
def test_each_is_reminded_once_however_the_first_process_ended(keeping, committed_world, sql, times, stands):
    world = committed_world
    for title in ("One", "Two"):
        keeping.plan(keeping.map(title, owner=world.max, sponsor=world.eli), DUE, today=date(2026, 9, 1))
    killed_after(sql, times)
    with world.inside():
        assert Reminder.objects.count() == Notification.objects.count() == stands
    assert reminders.sweep(NOW) == 2 - stands
    assert reminders.sweep(NOW) == 0
    with world.inside():
        told = Counter((str(each.member), each.thing_id, each.occasion) for each in Notification.objects.all())
        assert set(told.values()) == {1}
        assert len(told) == 2
        assert AuditEntry.objects.filter(action="map.remind_of_review").count() == 2
