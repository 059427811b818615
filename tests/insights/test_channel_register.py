"""The channel register: what is measured side by side, what is a blind spot and why, held to naive answers."""

import csv
import re
from datetime import timedelta
from io import StringIO
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from insights.measures.parts import ReadyValue
from insights.queries import channels as measured
from insights.services import kpis, sources
from journeys.models import Channel, Touchpoint
from journeys.queries import channel_register
from journeys.registry import ChannelNumbers
from journeys.services import channels, touchpoints
from orgs.services import departments
from tests.days import local_today
from tests.insights.numbers import FIVE, answers, told
from tests.world import CANARY

PAGE = "/w/acme/channels/"
REASONS = {
    "no_touchpoint": "No touchpoint stands for it, so nothing can be measured there",
    "no_kpi": "No KPI at any of its touchpoints",
    "not_current": "No KPI of its touchpoints has a current value",
    "unmonitored": "Nobody monitors it",
    "no_owner": "No department answers for it",
}


def channel(world, name, **fields):
    made, _ = channels.find_or_create(name, by=world.ada)
    Channel.objects.filter(pk=made.pk).update(**fields)
    return Channel.objects.get(pk=made.pk)


def measure(world, of, slug, parts, *, name="", days_ago=1, minutes=None, refreshed_days_ago=0, **defined):
    """A KPI of the touchpoint with a value of a day, from a source that was last refreshed so long ago."""
    source = sources.create(f"{slug} {name} {of.pk}", interval_minutes=minutes, by=world.ada)
    scale = FIVE if slug.startswith("csat") else None
    kpi, _ = kpis.find_or_create(slug, touchpoint=of, source=source, scale=scale, by=world.ada)
    kpis.define(kpi=kpi, name=name, reporting_period="day", by=world.ada, **defined)
    kpi.refresh_from_db()
    now = timezone.now() - timedelta(days=refreshed_days_ago)
    told(kpi, {local_today() - timedelta(days=days_ago): parts}, now=now)
    return kpi


def touchpoint(world, name, at):
    return touchpoints.find_or_create(name, channel=at, by=world.ada)[0]


def page(client, query=""):
    answer = client.get(f"{PAGE}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def row(html, name):
    rows = re.findall(r'<tr id="channel-\d+">.*?</tr>', html, re.S)
    return next(words(each) for each in rows if f"<bdi>{name}</bdi>" in each)


def names(html):
    return re.findall(r'<tr id="channel-\d+">.*?<bdi>(.*?)</bdi>', html, re.S)


MEASURED = {  # how a touchpoint is measured: whether that counts as now
    "fresh": (True, {"minutes": 60}),
    "week": (True, {"days_ago": 7}),
    "old": (False, {"days_ago": 8}),
    "stale": (False, {"minutes": 60, "refreshed_days_ago": 3}),
}


def test_blind_spots_are_those_that_a_naive_walk_finds(world, sign_in):
    dice, expected, in_use = Random(8), {}, 0
    with world.inside():
        archived, _ = departments.find_or_create("Gone", by=world.ada)
        departments.archive(department=archived, by=world.ada, now=timezone.now())
        empty, _ = departments.find_or_create("Empty", by=world.ada)
        for number in range(30):
            owner = dice.choice([None, world.service, world.service, archived, empty])
            plan = {
                "kind": dice.choice(["own", "own", "partner", "device", "identity", "signal"]),
                "state": dice.choice(["planned", "live", "live", "integrated", "retired"]),
                "is_monitored": dice.random() < 0.6,
                "owner": owner,
            }
            made = channel(world, f"Channel {number}", **plan)
            hows = [dice.choice(["", "", *MEASURED, "archived"]) for _ in range(dice.randrange(3))]
            for place, how in enumerate(hows):
                at = touchpoint(world, f"Touchpoint {number} {place}", made)
                if how:
                    measure(world, at, "csat_mean", answers(4, 5), **MEASURED.get(how, (True, {}))[1])
                if how == "archived":
                    Touchpoint.objects.filter(pk=at.pk).update(archived_at=timezone.now())
            standing = [how for how in hows if how != "archived"]
            if plan["state"] not in {"live", "integrated"} or (plan["kind"] == "own" and not standing):
                continue
            in_use += 1
            gaps = []
            if not standing:
                gaps.append("no_touchpoint")
            elif not any(standing):
                gaps.append("no_kpi")
            elif not any(MEASURED[how][0] for how in standing if how):
                gaps.append("not_current")
            gaps += [] if plan["is_monitored"] else ["unmonitored"]
            gaps += [] if owner == world.service else ["no_owner"]
            if gaps:
                expected[made.name] = gaps
        found = measured.by_channel(workspace=world.acme, today=local_today(), now=timezone.now())
        numbers = {pk: ChannelNumbers(each.kpis, each.current, each.signals, each.beyond) for pk, each in found.items()}
        entries = channel_register.every(today=local_today(), numbers=numbers)
        spots = channel_register.blind_spots(entries)
    assert {each.channel.name: list(each.gaps) for each in spots} == expected
    assert {gap for gaps in expected.values() for gap in gaps} == set(REASONS)  # the plan has every kind of gap
    shown = page(sign_in(world.vi), "?blind=yes")
    assert f"{len(expected)} of {in_use} channels in use" in shown
    assert sorted(names(shown)) == sorted(expected)[:25]
    name, gaps = spots[0].channel.name, spots[0].gaps
    assert name in shown.split('id="channel-register"')[0]
    assert all(REASONS[gap] in shown for gap in gaps)


@pytest.fixture
def register(world):
    """Phone, measured in every way; a live app that nobody integrated; a planned kiosk; reviews nobody looks at."""
    today = local_today()
    with world.inside():
        about = {"state": "integrated", "since": today - timedelta(days=400), "is_monitored": True}
        phone = channel(world, "Phone", owner=world.service, participation_target=40, **about)
        hotline, sales = touchpoint(world, "Hotline", phone), touchpoint(world, "Order line", phone)
        measure(world, hotline, "csat_mean", answers(4, 5, asked=10))
        measure(world, sales, "csat_mean", answers(2, 3, asked=30))
        measure(world, hotline, "mean", ReadyValue(3.5), name="Kosten je Anruf", tells="cost")
        measure(world, sales, "mean", ReadyValue(6.25), name="Cost per order", tells="cost")
        measure(world, hotline, "mean", ReadyValue(99), name="Cost of nothing")  # what its name says is no matter
        measure(world, hotline, "ratio", ReadyValue(55), name="Lieber als im Netz", tells="preference")
        measure(world, hotline, "ratio", ReadyValue(38.4), name="Wer mitmacht", tells="participation")
        channel(world, "App", state="live", since=today - timedelta(days=12), is_monitored=True, owner=world.service)
        channel(world, "Kiosk", state="planned", kind="device")
        channel(world, "Reviews", kind="signal")


def test_a_channel_stands_side_by_side_with_what_is_measured_and_nothing_else(world, sign_in, register):
    html = page(sign_in(world.vi))
    phone = row(html, "Phone")
    assert "1,200" not in phone  # customers are never added up
    # 30 were asked in one day; so many in 30 days.
    assert re.search(r"900 customers .*?Order line, .*? the most of 2 touchpoints", phone)
    assert re.search(r"2\.50 of 5 .*?Order line, .*? the lowest of 2 touchpoints", phone)
    assert re.search(r"6\.25 .*?Order line, .*? the highest of 2 touchpoints", phone)
    assert "99" not in phone
    assert re.search(r"55\.0 %.*?Hotline, ", phone)
    assert re.search(r"38\.4 % Off target .*?Hotline, .*? Target 40 %", phone)
    assert "Integrated since" in phone
    assert "not integrated" not in phone
    app = row(html, "App")
    assert "Live not integrated for 12 days" in app
    assert app.count("Not measured") == 5
    assert "Service" in app
    kiosk = row(html, "Kiosk")
    assert "Device (IoT)" in kiosk
    assert "No owner" in kiosk
    blind = html.split('id="channel-register"')[0]
    assert "1 of 2 channels in use" in blind
    assert "Edit channels" not in html
    assert f"{PAGE.removesuffix('channels/')}settings/" not in blind  # a viewer may not mend it
    assert CANARY not in html
    assert "Edit channels" in page(sign_in(world.ada))


def test_it_is_narrowed_sorted_and_taken_along_as_csv(world, sign_in, register):
    client = sign_in(world.vi)
    assert names(page(client)) == ["App", "Kiosk", "Phone", "Reviews"]
    for query, expected in {
        "?kind=signal": ["Reviews"],
        "?state=live&sort=-name": ["Reviews", "App"],
        f"?owner={world.service.pk}": ["App", "Phone"],
        "?owner=none": ["Kiosk", "Reviews"],
        "?blind=yes": ["Reviews"],
        "?q=PH": ["Phone"],
        "?sort=-touchpoints": ["Phone", "App", "Kiosk", "Reviews"],
        "?sort=-cost": ["Phone", "App", "Kiosk", "Reviews"],  # what is not measured comes last either way
        "?kind=fax&state=x&owner=&blind=perhaps&sort=bad&page=-1": ["App", "Kiosk", "Phone", "Reviews"],
    }.items():
        assert names(page(client, query)) == expected, query
    assert "No channel matches" in page(client, "?q=nothing")
    sent = client.get("/w/acme/channels.csv?sort=-name")
    rows = list(csv.DictReader(StringIO(b"".join(sent.streaming_content).decode())))
    assert [each["Channel"] for each in rows] == ["Reviews", "Phone", "Kiosk", "App"]
    assert rows[1]["Satisfaction"] == "2.5"
    assert (rows[1]["KPIs"], rows[1]["KPIs with a current value"], rows[1]["Touchpoints"]) == ("7", "7", "2")
    assert (rows[3]["Not integrated for days"], rows[3]["Satisfaction"], rows[3]["Blind spot"]) == ("12", "", "")
    assert rows[0]["Blind spot"].split("; ") == [REASONS[gap] for gap in ("no_touchpoint", "unmonitored", "no_owner")]


def test_more_channels_ask_the_database_no_more(world, sign_in, register):
    client = sign_in(world.ada)
    page(client)
    with CaptureQueriesContext(connection) as few:
        page(client)
    with world.inside():
        for number in range(30):
            made = channel(world, f"More {number}", kind="partner", owner=world.service)
            measure(world, touchpoint(world, f"There {number}", made), "csat_top2", answers(4, 5))
    with CaptureQueriesContext(connection) as many:
        second = page(client, "?page=2")
    assert len(many) <= len(few)
    assert "34" in second
    for where in ("touchpoints/", "search/?q=channels"):
        assert PAGE in client.get(f"/w/acme/{where}").content.decode(), where
