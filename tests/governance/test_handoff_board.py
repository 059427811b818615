"""The board tells where customers pass from one department to another, with an agreement or without one."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from journeys.models import Map, Step
from journeys.services import planned_paths


def plan(handing, source, target, kind, label=""):
    with handing.world.inside():
        steps = {step.name: step for step in Step.objects.all()}
        planned_paths.add(source=steps[source], target=steps[target], kind=kind, label=label, by=handing.world.max)


def rename(*names):
    for step, name in zip(Step.objects.order_by("stage__position", "position", "pk"), names, strict=True):
        Step.objects.filter(pk=step.pk).update(name=name)


def test_what_maps_cross_without_an_agreement_is_missing(handing):
    handing.draw(handing.order, handing.visit)
    assert handing.board() == [("missing", "Order", "Visit")]
    handing.propose()
    assert handing.board() == [("waiting", "Order", "Visit")]


def test_within_a_department_nothing_is_missing_and_unowned_counts_as_another(handing):
    mail = handing.touchpoint("Mail", handing.sales, handing.sol)
    bill, paper = handing.touchpoint("Bill"), handing.touchpoint("Paper")
    handing.draw(handing.order, mail, bill, paper, handing.visit)
    assert handing.board() == [("missing", "Mail", "Bill"), ("missing", "Paper", "Visit")]


def test_a_step_without_touchpoints_is_passed_over(handing):
    handing.draw(handing.order, handing.visit)
    with handing.world.inside():
        first, last = Step.objects.order_by("position", "pk")
        Step.objects.filter(pk=last.pk).update(position=5)
        Step.objects.create(stage=first.stage, name="I wait", position=first.position + 1)
    assert handing.board() == [("missing", "Order", "Visit")]


def test_branches_count_and_ways_back_do_not(handing):
    mail = handing.touchpoint("Mail", handing.sales, handing.sol)
    handing.draw(handing.order, mail, handing.visit)
    with handing.world.inside():
        rename("I order", "I read", "I am visited")
    assert handing.board() == [("missing", "Mail", "Visit")]
    plan(handing, "I order", "I am visited", "branch", "in a hurry")
    plan(handing, "I am visited", "I order", "loop", "something is wrong")
    assert handing.board() == [("missing", "Mail", "Visit"), ("missing", "Order", "Visit")]


@pytest.mark.parametrize("state", ["future", "archived"])
def test_only_current_maps_in_use_say_what_is_missing(state, handing):
    drawn = handing.draw(handing.order, handing.visit)
    with handing.world.inside():
        changed = {"archived_at": timezone.now()} if state == "archived" else {"state": "future"}
        Map.objects.filter(pk=drawn.pk).update(**changed)
    assert handing.board() == []


def test_several_touchpoints_at_a_step_each_cross(handing, world):
    """Against a count by hand: two of Sales meet one of Service and one that nobody owns."""
    mail, bill = handing.touchpoint("Mail", handing.sales, handing.sol), handing.touchpoint("Bill")
    handing.draw(handing.order, handing.visit)
    with world.inside():
        first, last = Step.objects.order_by("position", "pk")
        first.placements.create(touchpoint=mail, position=2)
        last.placements.create(touchpoint=bill, position=2)
    expected = {(giver, taker) for giver in ("Order", "Mail") for taker in ("Visit", "Bill")}
    assert {(giver, taker) for _state, giver, taker in handing.board()} == expected


def test_every_count_is_that_of_plain_sql(handing, world):
    """Steps one after another on three maps: SQL pairs each placement with the one of the step after it."""
    mail = handing.touchpoint("Mail", handing.sales, handing.sol)
    handing.draw(handing.order, handing.visit, mail, title="One")
    handing.draw(mail, handing.visit, handing.order, title="Two")
    handing.draw(handing.order, handing.visit, title="Three")
    handing.agreed()
    with world.inside(), connection.cursor() as cursor:
        cursor.execute(
            """
            with placed as (
                select stage.map_id,
                       row_number() over (partition by stage.map_id order by step.position, step.id) as at,
                       touchpoint.id, touchpoint.accountable_department_id as owner
                from journeys_step step join journeys_stage stage on stage.id = step.stage_id
                join journeys_touchpointplacement placement on placement.step_id = step.id
                join journeys_touchpoint touchpoint on touchpoint.id = placement.touchpoint_id
            )
            select distinct a.id, b.id from placed a join placed b on b.map_id = a.map_id and b.at = a.at + 1
            where a.owner is distinct from b.owner
              and not exists (select from governance_handoff h where h.giver_id = a.id and h.taker_id = b.id)
            """
        )
        missing = len(cursor.fetchall())
    page = handing.get("handoffs/", world.vi).content.decode()
    states = [state for state, _giver, _taker in handing.board()]
    assert (states.count("missing"), states.count("agreed")) == (missing, 1)
    assert f'href="/w/acme/handoffs/?state=missing">{missing}</a>' in page


def test_filters_search_and_csv(handing, world):
    handing.draw(handing.order, handing.visit, title="Heat pump")
    handing.draw(handing.visit, handing.touchpoint("Bill"), title="=Paying")
    handing.agreed()
    assert handing.board(state="missing") == [("missing", "Visit", "Bill")]
    assert handing.board(state="nonsense") == handing.board()
    assert handing.board(department=str(handing.sales.pk)) == [("agreed", "Order", "Visit")]
    assert handing.board(department="none") == [("missing", "Visit", "Bill")]
    assert handing.board(search="HEAT") == [("agreed", "Order", "Visit")]
    rows = list(csv.reader(io.StringIO(handing.get("handoffs.csv?state=missing", world.vi).getvalue().decode())))
    assert rows[1][:5] == ["Visit", "Service", "Bill", "", "Missing"]
    assert rows[1][-1] == "'=Paying"
    assert len(rows) == 2


def test_the_page_asks_as_often_for_many_as_for_few(handing, world):
    def asked(path):
        handing.get(path, world.vi)
        with CaptureQueriesContext(connection) as queries:
            handing.get(path, world.vi)
        return len(queries)

    handing.draw(handing.order, handing.visit)
    handing.agreed()
    paths = ("handoffs/", f"touchpoints/{handing.visit.pk}/")
    few = [asked(path) for path in paths]
    for at in range(8):
        one = handing.touchpoint(f"Mail {at}", handing.sales, handing.sol)
        handing.draw(one, handing.visit, title=f"Map {at}")
        if at % 2:
            handing.propose(giver=one, by=world.max)
    assert [asked(path) for path in paths] == few


def test_touchpoints_show_what_arrives_and_leaves(handing, world):
    handing.draw(handing.order, handing.visit, handing.touchpoint("Bill"))
    handing.propose()
    page = handing.get(f"touchpoints/{handing.visit.pk}/", world.lea).content.decode().split('id="handoffs-title"')[1]
    arrives, leaves = page.split("Leaves to")[:2]
    assert "Order" in arrives
    assert "Service has not agreed yet." in arrives
    assert "Missing" in leaves.split("</section>")[0]
    assert f"touchpoints/{handing.visit.pk}/handoffs/?to=" in leaves
    assert "Agree on it" not in handing.get(f"touchpoints/{handing.visit.pk}/", world.vi).content.decode()


def test_nobody_outside_sees_the_board(handing, world):
    assert handing.get("handoffs/", world.ann).status_code == 404
    assert handing.get("handoffs.csv", world.ann).status_code == 404
