"""From a period to its readings and to the runs that delivered them, and back the way one came."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from connectors.models import Connection, Feed, FilePart, SyncRun
from insights.pipelines.readings import Entry, replace
from journeys.models import Map
from tests.insights.numbers import NOW, answers
from tests.world import CANARY, lay_out

MAY, JUNE = date(2018, 5, 7), date(2018, 5, 20)
LOOK = "?per=month&at=2018-05-01"


def deliver(world, kpi, said):
    """Let a run of a feed say scores by day and segment; returns the run."""
    connected, _ = Connection.objects.get_or_create(kind="file", name="Files", created_by=world.ada)
    feed, _ = Feed.objects.get_or_create(connection=connected, source=kpi.source, name="Answers", mapping={})
    run = SyncRun.objects.create(feed=feed, mapping={}, asked_by=world.ada, state="done")
    part = FilePart.objects.create(feed=feed, run=run, content_key=uuid4().hex)
    entries = [Entry(kpi.pk, "day", day, segment, answers(*scores)) for (day, segment), scores in said.items()]
    replace(part.uid, entries, now=NOW)
    return run


@pytest.fixture
def runs(world, kpi):
    """Two runs said the same day, the second one another day and a segment as well."""
    with world.inside():
        first = deliver(world, kpi, {(JUNE, ""): [4] * 30})
        return first, deliver(world, kpi, {(JUNE, ""): [2] * 30, (MAY, "Families"): [1] * 30})


def rows(text):
    return text.split("<tbody>")[1].split("</tbody>")[0].split("</tr>")[:-1]


def crumbs(text):
    return re.findall(r"<bdi>([^<]*)</bdi>", text.split('class="crumbs"')[1].split("</ol>")[0])


@pytest.fixture
def readings(world, sign_in):
    def _readings(kpi, query=LOOK, member=None):
        answer = sign_in(member or world.vi).get(f"/w/acme/kpis/{kpi.pk}/readings/{query}")
        assert answer.status_code == 200
        return answer.content.decode()

    return _readings


def test_a_period_of_the_table_leads_to_its_readings(kpi, page, runs):
    table = page(kpi, LOOK).split("<tbody>")[1]
    assert f'<a href="/w/acme/kpis/{kpi.pk}/readings/?per=month&amp;at=2018-05-01">May 2018</a>' in table
    assert ">Apr 2018<" not in table.replace("\n", "") or 'at=2018-04-01">Apr 2018' not in table


def test_each_reading_names_the_runs_that_delivered_it(world, kpi, runs, readings):
    text = readings(kpi)
    assert [row.split('scope="row">')[1].split("<")[0] for row in rows(text)] == [
        "7 May 2018",
        "7 May 2018",
        "20 May 2018",
    ]
    links = [re.findall(r"/w/acme/runs/(\d+)/", row) for row in rows(text)]
    assert links == [[], [str(runs[1].pk)], [str(runs[0].pk), str(runs[1].pk)]]
    assert "Families" in rows(text)[1]
    assert "3.00" in rows(text)[2]
    assert "60 answers" in rows(text)[2]


def test_a_run_leads_back_to_the_readings(world, kpi, runs, readings, sign_in):
    client = sign_in(world.vi)
    href = re.search(r'href="(/w/acme/runs/[^"]+)"', readings(kpi))[1].replace("&amp;", "&")
    text = client.get(href).content.decode()
    assert crumbs(text)[-1] == "Readings"
    back = re.findall(r'href="([^"]+)"', text.split('class="crumbs"')[1].split("</ol>")[0])[-1].replace("&amp;", "&")
    assert client.get(back).status_code == 200
    assert back == f"/w/acme/kpis/{kpi.pk}/readings/{LOOK}"


def test_one_segment_alone_when_the_address_names_it(kpi, runs, readings):
    assert len(rows(readings(kpi, f"{LOOK}&segment=Families"))) == 1
    assert "No readings in this period" in readings(kpi, f"{LOOK}&segment=Nobody")
    assert "No readings in this period" in readings(kpi, "?per=month&at=2017-09-01")


def test_the_stage_one_came_from_stays_in_the_way_back(world, kpi, page, readings, runs):
    with world.inside():
        drawn = lay_out("A trip", [kpi.touchpoint], world.ada)
        stage = drawn.stages.get()
    way = ["Overview", "A trip", stage.name, "Check-in"]
    text = page(kpi, f"{LOOK}&from=stage-{stage.pk}")
    assert crumbs(text) == way
    assert f"readings/?per=month&amp;at=2018-05-01&amp;from=stage-{stage.pk}" in text
    assert crumbs(readings(kpi, f"{LOOK}&from=stage-{stage.pk}"))[:4] == way
    assert crumbs(page(kpi, f"{LOOK}&from=map-{drawn.pk}"))[0] == "Journeys"


@pytest.mark.parametrize(
    "named", ["https://evil.example/", "//evil.example", "stage-", "stage-0", "kpi-٣", "x-1", "stage-1e3"]
)
def test_where_one_came_from_is_never_an_address(kpi, page, named):
    text = page(kpi, f"{LOOK}&from={named}")
    assert crumbs(text) == ["Touchpoints", "Check-in"]
    assert 'href="https://evil' not in text
    assert 'href="//evil' not in text


def test_nothing_of_another_company_stands_in_the_way_back(world, kpi, page):
    with world.inside_umbra():
        foreign = Map.objects.first()
        named = [f"map-{foreign.pk}", f"journey-{foreign.journey_id}", f"stage-{foreign.stages.first().pk}"]
    for each in named:
        text = page(kpi, f"{LOOK}&from={each}")
        assert crumbs(text) == ["Touchpoints", "Check-in"]
        assert CANARY not in text


def test_an_outsider_finds_no_such_page(world, kpi, sign_in):
    assert sign_in(world.ann).get(f"/w/acme/kpis/{kpi.pk}/readings/").status_code == 404


def test_many_readings_and_runs_ask_no_more_queries(world, kpi, runs, sign_in):
    client = sign_in(world.vi)
    paths = [f"/w/acme/kpis/{kpi.pk}/readings/{LOOK}", f"/w/acme/kpis/{kpi.pk}/{LOOK}"]

    def asked():
        found = []
        for path in paths:
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            found.append(len([each for each in queries if each["sql"].startswith("SELECT")]))
        return found

    few = asked()
    with world.inside():
        for _each in range(8):
            deliver(world, kpi, {(date(2018, 5, day), ""): [day % 5 + 1] * 30 for day in range(1, 31)})
    assert asked() == few
    assert few[1] <= 24, few
