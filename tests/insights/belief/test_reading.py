"""Leads read their own department's gap when a pulse has closed; executives and administrators a month later."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from insights.models import Reading
from journeys.models import Touchpoint
from orgs.models import MemberRole
from orgs.roles import Role
from tests.insights.belief.company import ask, close, department, guess, measured, opened, staff
from tests.insights.overview.company import journey

PAGE, FILE = "/w/acme/belief/", "/w/acme/belief.csv"


@pytest.fixture
def told(world):
    """Service believes 4.6 of Check-in, Marketing 3.0, three lawyers and two viewers 2; customers say 4."""
    with world.inside():
        kpi = measured(world)
        ask(world, kpi)
        places = {"Service": world.service, **{name: department(world, name) for name in ("Marketing", "Legal")}}
        people = {
            name: staff(world, place, size) for (name, place), size in zip(places.items(), (6, 5, 3), strict=True)
        }
        pulse = opened()
        for name, value in (("Service", 4.6), ("Marketing", 3.0), ("Legal", 2.0)):
            for each in people[name]:
                guess(pulse, each, value)
        for each in staff(world, None, 2):
            guess(pulse, each, 2.0)
        journey("I fly", {3: [kpi.touchpoint]})
        return {"world": world, "kpi": kpi, "pulse": close(pulse), "places": places, "people": people}


def on(day):
    return time_machine.travel(f"{day.isoformat()}T11:00:00+00:00", tick=False)


def rows(client, query=""):
    answer = client.get(FILE + query)
    assert answer.status_code == 200
    lines = list(csv.reader(StringIO(b"".join(answer).decode("utf-8-sig"))))
    return {line[2]: tuple(line[3:6]) for line in lines[1:]}


def test_a_lead_reads_the_own_department_and_the_company_at_once(told, sign_in):
    world, pulse = told["world"], told["pulse"]
    with on(pulse.closed_on):
        client = sign_in(world.lea)
        found = rows(client)
        assert found["Service"] == ("4.6", "4.0", "0.6")
        # 5 at least of 4.6, 5 of 3.0 and 5 of 2.0 are 3.2.
        assert found["Whole company"] == ("3.2", "4.0", "-0.8")
        assert set(found) == {"Service", "Whole company"}
        page = client.get(PAGE).content.decode()
        assert "0.60 above what customers say" in page
        assert "Marketing" not in page
        assert "others together" not in page


def test_a_lead_of_another_department_reads_that_one(told, sign_in):
    world, pulse = told["world"], told["pulse"]
    with world.inside():
        MemberRole.objects.filter(member=world.lea).update(department=told["places"]["Marketing"])
    with on(pulse.closed_on):
        assert set(rows(sign_in(world.lea))) == {"Marketing", "Whole company"}


def test_a_lead_of_a_small_department_reads_the_group_it_is_told_in(told, sign_in):
    world, pulse = told["world"], told["pulse"]
    with world.inside():
        MemberRole.objects.filter(member=world.lea).update(department=told["places"]["Legal"])
    with on(pulse.closed_on):
        found = rows(sign_in(world.lea))
    assert set(found) == {"Whole company"}  # three lawyers are of no department in a pulse: their name would be theirs


@pytest.mark.parametrize("who", ["eli", "ada"])
def test_executives_and_administrators_wait_a_month(told, sign_in, who):
    world, pulse = told["world"], told["pulse"]
    with on(pulse.executives_on - timedelta(days=1)):
        client = sign_in(getattr(world, who))
        assert rows(client) == {}
        page = client.get(PAGE).content.decode()
        assert "Leads see theirs first" in page
        assert "4.60" not in page
        assert "4.60" not in client.get(f"/w/acme/touchpoints/{told['kpi'].touchpoint_id}/").content.decode()
    with on(pulse.executives_on):
        assert set(rows(client)) == {"Service", "Marketing", "People of small or no departments", "Whole company"}


def test_an_administrator_who_leads_reads_that_department_at_once(told, sign_in):
    world, pulse = told["world"], told["pulse"]
    with world.inside():
        MemberRole.objects.create(member=world.ada, role=Role.DEPARTMENT_LEAD, department=world.service)
    with on(pulse.closed_on):
        assert set(rows(sign_in(world.ada))) == {"Service", "Whole company"}


@pytest.mark.parametrize(("who", "status"), [("vi", 403), ("con", 403), ("max", 403), ("ivo", 403), ("ann", 404)])
def test_nobody_else_reads_it(told, sign_in, who, status):
    world = told["world"]
    with on(told["pulse"].executives_on):
        client = sign_in(getattr(world, who))
        assert [client.get(path).status_code for path in (PAGE, FILE)] == [status, status]
        touchpoint = client.get(f"/w/acme/touchpoints/{told['kpi'].touchpoint_id}/")
        assert "What staff believe" not in touchpoint.content.decode()


def test_while_it_is_open_nobody_reads_anything(world, sign_in):
    with world.inside():
        ask(world, measured(world))
        pulse = opened()
        for each in staff(world, world.service, 6):
            guess(pulse, each, 4.6)
    with on(pulse.opens_on):
        assert rows(sign_in(world.lea)) == {}
        assert "Nothing is told yet" in sign_in(world.lea).get(PAGE).content.decode()


def test_filters_narrow_and_never_cut_finer(told, sign_in):
    world, places = told["world"], told["places"]
    with on(told["pulse"].executives_on):
        client = sign_in(world.eli)
        assert set(rows(client, f"?department={places['Marketing'].pk}")) == {"Marketing"}
        assert rows(client, f"?department={places['Legal'].pk}") == {}
        assert len(rows(client, f"?touchpoint={told['kpi'].touchpoint_id}")) == 4
        with world.inside():
            other = Touchpoint.objects.create(name="Other")
        assert rows(client, f"?touchpoint={other.pk}") == {}
        for query in ("?department=x", "?month=2026-99-01", "?phase=99999999999", "?department=%00"):
            assert client.get(PAGE + query).status_code == 200


def test_a_department_told_together_with_others_is_refused_in_words(world, sign_in):
    with world.inside():
        ask(world, measured(world))
        sales, legal = department(world, "Sales"), department(world, "Legal")
        some, few = staff(world, sales, 6), staff(world, legal, 5)
        rest = staff(world, world.service, 7)
        pulse = opened()
        for each in [*some, *few[:3], *rest[:2]]:
            guess(pulse, each, 4)
        pulse = close(pulse)
    with on(pulse.executives_on):
        client = sign_in(world.eli)
        assert set(rows(client)) == {"Sales", "All others together", "Whole company"}
        page = client.get(f"{PAGE}?department={legal.pk}").content.decode()
    assert "Legal is told together with others" in page
    assert rows_of(page) == 0


def rows_of(page):
    return page.count('data-label="Staff believe"')


def test_by_phase_and_by_department_the_gap_stands_in_percent(told, sign_in):
    with on(told["pulse"].executives_on):
        page = sign_in(told["world"].eli).get(PAGE).content.decode()
    assert "+15 %" in page  # Service: 0.6 of the 4 from 1 to 5
    assert "-25 %" in page  # Marketing: -1
    assert page.count("-20 %") == 2  # the whole company: by phase, and by who
    with on(told["pulse"].executives_on):
        with told["world"].inside():
            phase = told["kpi"].touchpoint.placements.get().step.stage.phase_id
        assert len(rows(sign_in(told["world"].eli), f"?phase={phase}")) == 4


def test_a_restated_score_is_told_and_the_gap_stays(told, sign_in):
    world = told["world"]
    with world.inside():
        Reading.objects.filter(kpi=told["kpi"], grain="month").update(value=3.5)
    with on(told["pulse"].executives_on):
        client = sign_in(world.eli)
        assert "Restated to 3.50 since" in client.get(PAGE).content.decode()
        assert rows(client)["Service"] == ("4.6", "4.0", "0.6")


def test_the_touchpoint_says_what_staff_believe(told, sign_in):
    with on(told["pulse"].closed_on):
        page = sign_in(told["world"].lea).get(f"/w/acme/touchpoints/{told['kpi'].touchpoint_id}/").content.decode()
    assert "What staff believe" in page
    assert "believes 4.60, customers say 4.00. 0.60 above what customers say." in page


def test_bain_is_cited(told, sign_in):
    page = sign_in(told["world"].eli).get(PAGE).content.decode()
    assert "In a survey of 362 companies, 80 % believed" in page
    assert "of 8 %" in page
    assert "Closing the delivery gap. Bain &amp; Company, 2005" in page


def test_the_page_asks_as_often_for_a_year_as_for_a_month(told, sign_in):
    world = told["world"]

    def asked(day):
        with on(day):
            client = sign_in(world.eli)
            client.get(PAGE)
            with CaptureQueriesContext(connection) as seen:
                assert client.get(PAGE).status_code == 200
        return len(seen)

    once = asked(told["pulse"].executives_on)
    with world.inside():
        ask(world, *[measured(world, f"Spot {number}") for number in range(4)], told["kpi"])
        everybody = [each for held in told["people"].values() for each in held]
        for month in (1, 2):
            pulse = opened(month)
            for each in everybody:
                guess(pulse, each, 4, 4, 4, 4, 4)
            pulse = close(pulse)
    assert asked(pulse.executives_on) <= once
