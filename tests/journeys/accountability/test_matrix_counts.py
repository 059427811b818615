"""Every count of the ownership matrix is what plain SQL says, and a thousand touchpoints cost no more than ten."""

import csv
import io
import re
from itertools import cycle

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from journeys.models import Involvement, LifecyclePhase, Step, Touchpoint, TouchpointPlacement
from journeys.queries import involvements
from journeys.queries.involvements import Filters, Load
from orgs.models import Department, MemberRole
from orgs.roles import Role
from tests.world import lay_out

UNOWNED = """select count(*) from journeys_touchpoint t where t.workspace_id = %s and t.archived_at is null and not (
    t.accountability = 'accepted'
    and exists (select 1 from orgs_department d where d.id = t.accountable_department_id and d.archived_at is null)
    and exists (select 1 from orgs_memberrole r join orgs_member m on m.id = r.member_id
                where r.department_id = t.accountable_department_id and m.left_at is null))"""
WORKERLESS = """select count(*) from journeys_touchpoint t where t.workspace_id = %s and t.archived_at is null and
    'R' not in (select i.role from journeys_involvement i join orgs_department d on d.id = i.department_id
                where i.touchpoint_id = t.id and d.archived_at is null)"""
LOADS = """select i.department_id, i.role, count(*) from journeys_involvement i
    join journeys_touchpoint t on t.id = i.touchpoint_id
    where t.workspace_id = %s and t.archived_at is null group by 1, 2"""
ACCEPTED = """select accountable_department_id, count(*) from journeys_touchpoint
    where workspace_id = %s and archived_at is null and accountability = 'accepted' group by 1"""


def own(seen):
    """The queries asked, without what frames the request: the same count as for the Overview."""
    return [each["sql"] for each in seen if not re.match("SAVEPOINT|RELEASE|ROLLBACK|select set_config", each["sql"])]


def asked(sql, world):
    with connection.cursor() as cursor:
        cursor.execute(sql, [world.acme.pk])
        return cursor.fetchall()


def fill(world, touchpoints, departments):
    """Touchpoints of every kind of ownership at two stages or none, and a role in every fifth cell."""
    made = Department.objects.bulk_create([Department(name=f"D{n:02}") for n in range(departments)])
    for each in made[: departments // 2]:
        MemberRole.objects.create(member=world.lea, role=Role.DEPARTMENT_LEAD, department=each)
    states = cycle([("accepted", 0), ("none", None), ("accepted", -1), ("offered", 1), ("declined", 2)])
    rows = [
        Touchpoint(
            name=f"T{n:04}",
            accountability=state,
            accountable_department=None if at is None else made[at],
            archived_at=timezone.now() if n % 10 == 9 else None,
        )
        for n, (state, at) in zip(range(touchpoints), states, strict=False)
    ]
    rows = Touchpoint.objects.bulk_create(rows)
    roles = cycle("RCIIC")
    cells = [(t, d) for n, t in enumerate(rows) for d in made if (n + d.pk) % 5 == 0 and n % 3]
    Involvement.objects.bulk_create([Involvement(touchpoint=t, department=d, role=next(roles)) for t, d in cells])
    step = Step.objects.get(stage__map=lay_out("Drawn", rows[:1], world.ada))
    TouchpointPlacement.objects.bulk_create([TouchpointPlacement(step=step, touchpoint=t) for t in rows[2::2]])
    return rows, made


def test_every_count_is_what_sql_says(world):
    with world.inside():
        _rows, made = fill(world, 60, 6)
        Department.objects.filter(pk=made[3].pk).update(archived_at=timezone.now())
        counts = involvements.gap_counts(Filters())
        loads = involvements.loads(involvements.listed(Filters()))
        assert counts["no_owner"] == asked(UNOWNED, world)[0][0] > 0
        assert counts["no_worker"] == asked(WORKERLESS, world)[0][0] > 0
        assert counts["every"] == 54
        expected = {}
        for department, role, count in asked(LOADS, world):
            expected.setdefault(department, {})[{"R": "responsible", "C": "consulted", "I": "informed"}[role]] = count
        for department, count in asked(ACCEPTED, world):
            expected.setdefault(department, {})["accepted"] = count
        expected.pop(made[3].pk)
        assert loads == {department: Load(**told) for department, told in expected.items()}


@pytest.mark.parametrize("gap", ["no_owner", "no_worker"])
def test_a_gap_lists_as_many_as_it_counts(world, gap):
    with world.inside():
        _rows, made = fill(world, 60, 6)
        phase = LifecyclePhase.objects.get(position=4).pk
        for more in ({}, {"search": "t000"}, {"phase": str(phase)}, {"phase": "none"}, {"department": str(made[1].pk)}):
            filters = Filters(gap=gap, **more)
            listed = involvements.in_order(involvements.listed(filters), filters)
            assert len(listed) == len({pk for pk, _stage in listed}) == involvements.gap_counts(filters)[gap], more
            assert listed or more, more


def test_filters_agree_with_the_file(desk, world):
    with world.inside():
        _rows, made = fill(world, 60, 6)
    for query in ("", "gap=no_owner", f"department={made[1].pk}", "q=t001", "phase=none&gap=no_worker"):
        page = desk.get(f"ownership/?{query}", world.vi).content.decode()
        file = b"".join(desk.get(f"ownership.csv?{query}", world.vi).streaming_content).decode().lstrip("\ufeff")
        lines = list(csv.DictReader(io.StringIO(file)))
        found = re.search(r"of <strong>(\d+)|of (\d+)", page)
        shown = re.findall(r'<tr id="touchpoint-(\d+)"', page)
        assert shown == [line["ID"] for line in lines][: len(shown)], query
        assert len(lines) == len(shown) or found, query
    assert desk.get("ownership/?phase=x&department=99999999999999999999&gap=y&page=-3", world.vi).status_code == 200


def test_a_thousand_touchpoints_and_twenty_departments_cost_at_most_fifteen_queries(desk, world):
    with world.inside():
        fill(world, 1112, 20)  # every tenth is archived
    client = desk._sign_in(world.max)
    client.get("/w/acme/ownership/")
    with CaptureQueriesContext(connection) as seen:
        answer = client.get("/w/acme/ownership/?page=7")
    assert answer.content.decode().count('<tr id="touchpoint-') == 25
    assert "1,001 touchpoints" in answer.content.decode()
    assert len(own(seen)) <= 15, "\n".join(own(seen))


def test_a_change_in_place_costs_few_queries_and_bytes(desk, world):
    with world.inside():
        rows, made = fill(world, 1000, 20)
        Involvement.objects.filter(touchpoint=rows[0], department=made[0]).delete()
    client = desk._sign_in(world.max)
    path = f"/w/acme/touchpoints/{rows[0].pk}/involvement/{made[0].pk}/"
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/w/acme/ownership/?page=2"}
    client.get(path, headers=headers)
    with CaptureQueriesContext(connection) as seen:
        answer = client.post(path, {"value": "R", "seen": ""}, headers=headers)
    assert answer.status_code == 200
    assert len(answer.content) <= 5 * 1024
    assert len(own(seen)) <= 18, "\n".join(own(seen))
