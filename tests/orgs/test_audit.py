"""Every change leaves an entry: who, what, about which record, in the same transaction, and for good."""

from datetime import date

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from insights.measures.base import Scale
from insights.services import kpis, sources
from journeys.models import LifecyclePhase, Touchpoint
from journeys.services import channels, maps, touchpoints
from orgs.models import AuditEntry, Department, TenantModel
from orgs.roles import Role
from orgs.services import audit, departments, members


def make(by, **also):
    return touchpoints.find_or_create("Check-in", by=by, **also)[0]


def kpi(by):
    source = sources.create("Survey", by=by)
    return kpis.find_or_create("nps", touchpoint=make(by), source=source, scale=Scale(0, 10), by=by)[0]


CHANGES = {
    "department.create": lambda w: departments.find_or_create("Sales", by=w.ada)[0],
    "member.add": lambda w: members.add(user=w.ann.user, roles=[(Role.VIEWER, None)], by=w.ada),
    "channel.create": lambda w: channels.find_or_create("Phone", by=w.ada)[0],
    "touchpoint.create": lambda w: make(w.ada),
    "touchpoint.offer": lambda w: offered(w),
    "journey.create": lambda w: drawn(w).journey,
    "map.lay_out": lambda w: drawn(w),
    "source.create": lambda w: sources.create("Survey", by=w.ada),
    "kpi.create": lambda w: kpi(w.ada),
    "kpi.set_target": lambda w: kpis.set_target(kpi=kpi(w.ada), value=4, valid_from=date(2018, 1, 1), by=w.ada).kpi,
}


def offered(world):
    touchpoint = make(world.ada)
    touchpoints.offer(touchpoint, world.service, by=world.ada, now=timezone.now())
    return touchpoint


def drawn(world):
    phase = LifecyclePhase.objects.get(position=0)
    return maps.lay_out("Trip", stages=[("Arrive", [make(world.ada)])], phase=phase, by=world.ada)[0]


def counts():
    every = [each for each in apps.get_models() if issubclass(each, TenantModel) and each is not AuditEntry]
    return {model.__name__: model.objects.count() for model in every}


@pytest.mark.parametrize("action", CHANGES)
def test_a_change_says_who_did_what_to_which_record(inside, action):
    subject = CHANGES[action](inside)
    entry = AuditEntry.objects.filter(action=action).latest("id")
    assert (entry.actor, entry.subject_type, entry.subject_id) == (inside.ada, subject._meta.model_name, subject.pk)
    assert entry.subject_label == str(subject)[:300]
    assert entry.after
    assert entry.workspace_id == inside.acme.pk


@pytest.mark.parametrize("action", CHANGES)
def test_a_change_whose_entry_cannot_be_written_does_not_happen(inside, action):
    def refuse(execute, sql, params, many, context):
        if 'INSERT INTO "orgs_auditentry"' in sql and any(action in str(value) for value in params):
            raise DatabaseError("the disk is full")
        return execute(sql, params, many, context)

    before = counts()
    with pytest.raises(DatabaseError), connection.execute_wrapper(refuse), inside.inside():
        CHANGES[action](inside)
    assert counts() == before


def test_what_changed_nothing_leaves_no_entry(inside):
    for change in CHANGES.values():
        change(inside)
    before = AuditEntry.objects.count()
    departments.find_or_create(" sales ", by=inside.ada)
    channels.find_or_create("PHONE", by=inside.ada)
    make(inside.ada)
    drawn(inside)
    assert not touchpoints.offer(make(inside.ada), inside.service, by=inside.ada, now=timezone.now())
    assert AuditEntry.objects.count() == before


def test_a_job_says_for_whom_it_acted(inside):
    make(inside.ivo, origin="Sync run 12")
    entry = AuditEntry.objects.latest("id")
    assert (entry.actor, entry.origin) == (inside.ivo, "Sync run 12")


def test_a_very_long_name_still_fits(inside):
    entry = audit.record("touchpoint.create", Touchpoint(pk=1, name="ü" * 5000), by=inside.ada)
    assert len(entry.subject_label) == 300


@pytest.mark.parametrize("statement", ["update orgs_auditentry set action = 'x'", "delete from orgs_auditentry"])
def test_entries_are_neither_rewritten_nor_removed(inside, statement):
    make(inside.ada)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEntry.objects.filter(action="touchpoint.create").exists()


def test_an_outsider_reads_none(inside):
    make(inside.ada)
    with inside.inside_umbra():
        assert not AuditEntry.objects.filter(subject_label="Check-in").exists()
        assert not Department.objects.filter(name="Service").exists()
