"""What depends on a touchpoint or a planned change: maps, what follows, departments, hand-offs, numbers, customers."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from insights.measures.base import Scale
from insights.services import kpis, sources
from journeys.models import Map, Step
from journeys.services import finding_placements, findings, placements, planned_paths
from orgs.models import Department
from tests.days import local_today
from tests.insights.numbers import answers, told
from tests.world import CANARY, lay_out


def text(page, part):
    """The words of one section."""
    found = re.search(rf'<section[^>]*aria-labelledby="{part}-title">(.*?)</section>', page.content.decode(), re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split()) if found else ""


def rows(page, part):
    found = re.search(rf'<section[^>]*aria-labelledby="{part}-title">(.*?)</section>', page.content.decode(), re.S)
    body = found[1].partition("<tbody>")[2].partition("</tbody>")[0]
    return [" ".join(re.sub(r"<[^>]+>", " ", each).split()) for each in re.findall(r"<tr>(.*?)</tr>", body, re.S)]


def counted(handing, touchpoint, *, asked):
    """Satisfaction of a touchpoint in the last whole month: 40 answered of so many asked, all of them unhappy."""
    with handing.world.inside():
        by, last = handing.world.ada, local_today().replace(day=1) - timedelta(days=1)
        origin = sources.create(f"Survey {touchpoint.pk}", by=by)
        known = {"touchpoint": touchpoint, "source": origin, "scale": Scale(1, 5), "by": by}
        kpi, _ = kpis.find_or_create("csat_mean", grain="month", **known)
        kpis.set_target(kpi=kpi, value=4, valid_from=last.replace(day=1), by=by)
        told(kpi, {last.replace(day=1): answers(*[2] * 40, asked=asked)})
        return round(asked * 30 / last.day)


@pytest.fixture
def bill(handing):
    """Order (Sales) > Visit (Service) > Bill (nobody) > Thanks (Service), and from the bill back to the visit."""
    made = handing.touchpoint("Bill")
    thanks = handing.touchpoint("Thanks", handing.world.service, handing.world.lea)
    drawn = handing.draw(handing.order, handing.visit, made, thanks)
    with handing.world.inside():
        steps = list(Step.objects.filter(stage__map=drawn).order_by("stage__position", "position", "pk"))
        planned_paths.add(source=steps[2], target=steps[1], kind="loop", label="", by=handing.world.max)
    return made


def test_it_says_all_that_follows_and_whose_it_is(handing, world, bill):
    agreed = handing.agreed()
    page = handing.get(f"touchpoints/{handing.order.pk}/impact/", world.vi)
    assert [each.split(" ", 1)[0] for each in rows(page, "afterwards")] == ["Visit", "Bill", "Thanks"]
    assert "1 step later" in rows(page, "afterwards")[0]
    assert "3 steps later" in rows(page, "afterwards")[2]
    assert "No owner" in rows(page, "afterwards")[1]
    departments = rows(page, "departments")
    assert ["Sales" in departments[0], "Sol" in departments[0], "Here" in departments[0]] == [True] * 3
    assert ["Service" in departments[1], "Lea" in departments[1], "2 touchpoints" in departments[1]] == [True] * 3
    assert "No owner" in departments[2]
    handoffs = rows(page, "handoffs")
    assert [("Missing" in each, "Agreed" in each) for each in handoffs] == [(True, False), (True, False), (False, True)]
    assert f'href="/w/acme/handoffs/{agreed.pk}/"' in page.content.decode()
    assert "Not signed off" in rows(page, "maps")[0]
    assert "Current state" in rows(page, "maps")[0]
    # From the visit on, nothing of Sales follows: what stands before a change does not depend on it.
    later = handing.get(f"touchpoints/{handing.visit.pk}/impact/", world.vi)
    assert [each.split(" ", 1)[0] for each in rows(later, "afterwards")] == ["Bill", "Thanks", "Visit"]
    assert "Customers come back here" in rows(later, "afterwards")[2]
    assert "Order" not in text(later, "handoffs") + text(later, "departments")
    with world.inside():
        beside = handing.touchpoint("Leaflet")
        placements.place(step=Step.objects.get(placements__touchpoint=handing.order), touchpoint=beside, by=world.max)
        Department.objects.filter(pk=handing.sales.pk).update(archived_at="2026-01-01T00:00Z")
    page = handing.get(f"touchpoints/{handing.order.pk}/impact/", world.vi)
    assert "No owner" in rows(page, "departments")[0]
    assert "Leaflet" not in page.content.decode()


def test_customers_are_told_where_they_are_counted_and_nowhere_else(handing, world, bill):
    unknown = handing.get(f"touchpoints/{handing.order.pk}/impact/", world.ivo)
    assert "How many customers pass here is not measured." in text(unknown, "customers")
    assert "Not measured at 4 touchpoints." in text(unknown, "customers")
    assert "Connect a source" in text(unknown, "customers")
    assert "No KPI is about any of it." in text(unknown, "kpis")
    here, there = counted(handing, handing.order, asked=500), counted(handing, bill, asked=900)
    page = handing.get(f"touchpoints/{handing.order.pk}/impact/", world.vi)
    assert f"At least {here:,} customers pass here in 30 days." in text(page, "customers")
    assert f"counted at 1 of 3 touchpoints, the most at Bill: at least {there:,} customers." in text(page, "customers")
    assert ": 500 asked" in text(page, "customers")
    assert "Not measured at 2 touchpoints." in text(page, "customers")
    assert "Connect a source" not in text(page, "customers")
    assert [("Off target" in each, "2.00" in each) for each in rows(page, "kpis")] == [(True, True)] * 2
    later = handing.get(f"touchpoints/{handing.visit.pk}/impact/", world.vi)
    assert [("Bill" in each, "1 step later" in each) for each in rows(later, "kpis")] == [(True, True)]


def test_a_planned_change_has_the_impact_of_all_its_places(handing, world, bill):
    with world.inside():
        other = lay_out("Moving out", [handing.touchpoint("Key"), handing.touchpoint("Deposit")], world.ada)
        change = findings.create(kind="opportunity", values={"name": "One bill a year"}, by=world.ada)
        empty = handing.get(f"findings/{change.pk}/impact/", world.vi)
        starts = [Step.objects.get(placements__touchpoint=bill), Step.objects.filter(stage__map=other).first()]
        for step in starts:
            finding_placements.place(step=step, finding=change, by=world.ada)
    assert "On no map yet" in empty.content.decode()
    page = handing.get(f"findings/{change.pk}/impact/", world.vi)
    assert "A planned change. It stands at 2 touchpoints." in page.content.decode()
    found = [each.split(" ", 1)[0] for each in rows(page, "afterwards")]
    assert found == ["Deposit", "Thanks", "Visit", "Bill"]
    assert len(rows(page, "maps")) == 2
    link = f'href="/w/acme/findings/{change.pk}/impact/"'
    assert link in handing.get(f"findings/{change.pk}/", world.vi).content.decode()


def test_archived_maps_count_nowhere_and_planned_ones_miss_no_hand_off(handing, world, bill):
    with world.inside():
        Map.objects.filter(title="Move in").update(state=Map.State.FUTURE)
    page = handing.get(f"touchpoints/{handing.order.pk}/impact/", world.vi)
    assert "Future state" in rows(page, "maps")[0]
    assert "do not pass from one department to another" in text(page, "handoffs")
    with world.inside():
        Map.objects.filter(title="Move in").update(archived_at="2026-01-01T00:00Z")
    assert "On no map yet" in handing.get(f"touchpoints/{handing.order.pk}/impact/", world.vi).content.decode()


def test_the_file_lists_all_of_it_and_the_page_is_linked(handing, world, bill):
    touchpoint_page = handing.get(f"touchpoints/{handing.order.pk}/", world.vi).content.decode()
    assert f'href="/w/acme/touchpoints/{handing.order.pk}/impact/"' in touchpoint_page
    answer = handing.get(f"touchpoints/{handing.order.pk}/impact.csv", world.vi).content.decode()
    told_rows = [row[:2] + row[3:] for row in csv.reader(io.StringIO(answer))][1:]
    assert told_rows == [
        ["Order", "0", "Sales", "Move in"],
        ["Visit", "1", "Service", "Move in"],
        ["Bill", "2", "", "Move in"],
        ["Thanks", "3", "Service", "Move in"],
    ]


def test_outsiders_get_nothing_and_a_merged_one_leads_on(handing, world, bill):
    path = f"touchpoints/{handing.order.pk}/impact/"
    assert handing.get(path, world.ann).status_code == 404
    assert CANARY not in handing.get(path, world.vi).content.decode()
    with world.inside():
        type(bill).objects.filter(pk=bill.pk).update(merged_into=handing.order, archived_at="2026-01-01T00:00Z")
    assert handing.get(f"touchpoints/{bill.pk}/impact/", world.vi).url == f"/w/acme/{path}"


def test_it_asks_as_often_for_many_as_for_few(handing, world, bill):
    def asked():
        handing.get(f"touchpoints/{handing.order.pk}/impact/", world.vi)
        with CaptureQueriesContext(connection) as queries:
            handing.get(f"touchpoints/{handing.order.pk}/impact/", world.vi)
        return sum(each["sql"].startswith("SELECT") for each in queries)

    handing.agreed()
    counted(handing, bill, asked=50)
    few = asked()
    for at in range(6):
        one = handing.touchpoint(f"Mail {at}", world.service, world.lea)
        counted(handing, one, asked=50 + at)
        handing.draw(handing.order, one, handing.visit, title=f"Map {at}")
        if at % 2:
            handing.propose(taker=one, by=world.max)
    assert asked() == few
    assert few <= 22  # five of them let the person in
