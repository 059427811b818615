"""Who to contact: from what a customer needs to the department, found by plain words; what has nobody says so."""

import csv
import io
import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from journeys.models import Channel, Finding, FindingPlacement, Involvement, Map, Step, Touchpoint, TouchpointPlacement
from journeys.queries import directory_rows, directory_search
from journeys.queries.directory import Filters
from journeys.services import finding_placements, findings
from orgs.models import Contact
from orgs.queries import contacts
from tests.journeys.accountability.test_matrix_counts import own
from tests.world import lay_out

HEAD = "Customer need,Touchpoint,Channel,Department,Lead"


def need(world, name, *placed, title="Drawn", **values):
    """A need at the one step of a map on which these touchpoints stand."""
    with world.inside():
        made = findings.create(kind="need", values={"name": name, **values}, by=world.ada)
        stage = lay_out(title, [], world.ada).stages.get()
        step = stage.steps.first() or Step.objects.create(stage=stage, name="Step", position=0)
        for each in placed:
            TouchpointPlacement.objects.create(step=step, touchpoint=each)
        finding_placements.place(step=step, finding=made, by=world.ada)
        return made


def named(desk, query="", member=None):
    """The entries as the page lists them, by name."""
    page = desk.get(f"contacts/?{query}", member or desk.world.vi).content.decode()
    return re.findall(r'class="contact-need"><a [^>]*>([^<]+)<', page)


@pytest.fixture
def hotline(desk, world):
    with world.inside():
        phone = Channel.objects.create(name="Téléphone")
    return desk.owned("Hotline", channel=phone.pk, description="Cards are blocked here")


def test_a_need_leads_to_department_person_and_channel(desk, world, hotline):
    desk.make("Shop counter")
    sales = desk.department("Sales")
    with world.inside():
        Involvement.objects.create(touchpoint=hotline, department=sales, role="R")
        Involvement.objects.create(touchpoint=hotline, department=world.service, role="R")
    need(world, "My card was stolen", hotline)
    page = desk.get("contacts/", world.vi).content.decode()
    assert named(desk) == ["My card was stolen", "Shop counter"]  # the hotline stands under its need alone
    entry = page.split('<li id="finding-')[1].split('<li id="touchpoint-')[0]
    for words in ("Hotline", "Téléphone", "Service", "<bdi>Lea</bdi>", "Does the work:</span>", "Nobody has said how"):
        assert words.removesuffix("</span>") in entry, words
    assert "<bdi>Sales</bdi>" in entry
    assert "lea@acme.test" not in page  # whose address that is only administrators see
    assert "No department answers for it yet" in page.split('<li id="touchpoint-')[1]
    assert "/w/acme/unowned/?q=Shop+counter" in page


def test_plain_words_find_it_whoever_and_wherever_they_name(desk, world, hotline):
    desk.owned("Return desk")
    need(world, "My card was stolen", hotline, description="It must be blocked at once")
    need(world, "Wo bleibt meine Überweisung?", title="Other")
    alone = {"stolen card": "My card was stolen", "BLOCKED": "My card was stolen", "hotl": "My card was stolen"}
    alone |= {"telephone card": "My card was stolen", "uberweisung": "Wo bleibt meine Überweisung?"}
    for typed, found in alone.items():
        assert named(desk, f"q={typed}") == [found], typed
    for typed in ("service", "Lea"):  # a department, its lead
        assert named(desk, f"q={typed}") == ["My card was stolen", "Return desk"], typed
    assert named(desk, "q=desk return") == ["Return desk"]
    # Not all words are there: those with the most of them, by their beginnings, and that is said.
    loose = desk.get("contacts/?q=a customer returned her cards", world.vi).content.decode()
    assert "Nothing has all of these words" in loose
    assert named(desk, "q=returning a stolen cards") == ["My card was stolen", "Return desk"]
    for nothing in ("zzz", "a", "%25", "\\m(", "' or 1=1", "."):
        assert desk.get(f"contacts/?q={nothing}", world.vi).status_code == 200, nothing
    assert "Try one plain word" in desk.get("contacts/?q=zzzz", world.vi).content.decode()


def test_the_very_name_comes_first_and_needs_before_touchpoints(desk, world):
    for name in ("A late bill", "Bill", "Billing by post"):
        desk.make(name)
    need(world, "Bill", title="One")
    need(world, "Understand my bill", title="Two")
    assert named(desk, "q=bill") == ["Bill", "Bill", "Billing by post", "Understand my bill", "A late bill"]


def test_only_what_is_current_stands_there(desk, world, hotline):
    future, archived, kept = desk.make("Future bot"), desk.make("Old fax"), desk.make("Kept")
    wish, _old = need(world, "A wish", future, title="Future"), need(world, "An old need", kept, title="Past")
    gone = need(world, "Gone need", hotline)
    with world.inside():
        Map.objects.filter(title="Future").update(state=Map.State.FUTURE)
        Map.objects.filter(title="Past").update(archived_at=timezone.now())
        Touchpoint.objects.filter(pk=archived.pk).update(archived_at=timezone.now())
        Finding.objects.filter(pk=gone.pk).update(archived_at=timezone.now())
        pain = findings.create(kind="pain", values={"name": "A pain"}, by=world.ada)
        finding_placements.place(step=Step.objects.get(stage__map__title="Drawn"), finding=pain, by=world.ada)
    assert named(desk) == ["An old need", "Hotline", "Kept"]
    assert "stands beside no touchpoint" in desk.get("contacts/", world.vi).content.decode()
    assert named(desk, f"need={wish.pk}") == []


def test_filters_and_the_file_agree_with_the_page(desk, world, hotline):
    lost, other = desk.make("Lost and found"), desk.owned("Repair")
    need(world, "=My card", hotline, lost)
    with world.inside():
        Contact.objects.create(department=world.service, phone="110", hours=[[0, 480, 1020]], zone="Asia/Tokyo")
        gone = desk.department("Gone")
        Touchpoint.objects.filter(pk=other.pk).update(accountable_department=gone)
        gone.archived_at = timezone.now()
        gone.save()
    asks = {
        "": [("=My card", "Hotline"), ("=My card", "Lost and found"), ("", "Repair")],
        "missing=no_owner": [("=My card", "Lost and found"), ("", "Repair")],
        "missing=no_contact": [],
        f"department={world.service.pk}": [("=My card", "Hotline")],
        f"channel={hotline.channel_id}": [("=My card", "Hotline")],
        "q=Repair": [("", "Repair")],
        "q=mended repairs": [("", "Repair")],
        "department=9999999999999999999&channel=x&missing=y&need=z&page=-2": None,
    }
    for query, expected in asks.items():
        answer = desk.get(f"contacts.csv?{query}", world.vi)
        text = b"".join(answer.streaming_content).decode().lstrip("\ufeff")
        lines = list(csv.DictReader(io.StringIO(text)))
        assert text.startswith(HEAD)
        if expected is not None:
            told = [(line["Customer need"].lstrip("'"), line["Touchpoint"]) for line in lines]
            assert told == expected, query
            assert named(desk, query) == list(dict.fromkeys(one or two for one, two in expected)), query
    [line] = [each for each in lines_of(desk, world) if each["Touchpoint"] == "Hotline"]
    assert (line["Phone"], line["Hours"], line["Time zone"], line["Lead"]) == (
        "110",
        "Mon 08:00–17:00",
        "Asia/Tokyo",
        "Lea",
    )
    assert line["Customer need"] == "'=My card"  # no formula


def lines_of(desk, world):
    text = b"".join(desk.get("contacts.csv", world.vi).streaming_content).decode().lstrip("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def test_hours_are_told_by_the_departments_own_clock(world):
    contact = Contact(hours=[[0, 480, 1020], [1, 480, 1020]], zone="Asia/Tokyo")
    acme = world.acme
    told = {
        datetime(2026, 3, 1, 23, 30, tzinfo=UTC): ("open", "Open until 17:00"),  # Monday 08:30 in Tokyo
        datetime(2026, 3, 2, 8, 0, tzinfo=UTC): ("closed", "Closed, opens tomorrow at 08:00"),
        datetime(2026, 3, 1, 22, 0, tzinfo=UTC): ("closed", "Closed, opens at 08:00"),
        datetime(2026, 3, 4, 12, 0, tzinfo=UTC): ("closed", "Closed, opens on Monday at 08:00"),
    }
    for now, expected in told.items():
        assert contacts.state_of(contact, acme, now) == expected, now


def test_a_need_of_many_touchpoints_shows_a_few_and_leads_to_all(desk, world):
    spots = [desk.make(f"Spot {number}") for number in range(6)]
    made = need(world, "Many", *spots)
    page = desk.get("contacts/", world.vi).content.decode()
    assert page.count('class="contact-place"') == 4
    assert "2 more touchpoints" in page
    assert desk.get(f"contacts/?need={made.pk}", world.vi).content.decode().count('class="contact-place"') == 6


def test_ten_thousand_cost_no_more_queries_than_two(desk, world, hotline):
    client = desk._sign_in(world.vi)
    need(world, "First need", hotline)

    def cost(query):
        client.get(f"/w/acme/contacts/?{query}")
        with CaptureQueriesContext(connection) as seen:
            page = client.get(f"/w/acme/contacts/?{query}").content.decode()
        return len(own(seen)), page

    few = {query: cost(query)[0] for query in ("", "q=need", "q=needed hotlines")}
    with world.inside():
        rows = Touchpoint.objects.bulk_create(
            [Touchpoint(name=f"T{n:05}", channel=hotline.channel) for n in range(2000)]
        )
        needs = Finding.objects.bulk_create([Finding(kind="need", name=f"Need {n:04}") for n in range(500)])
        step = Step.objects.get(stage__map__title="Drawn")
        steps = Step.objects.bulk_create([Step(stage=step.stage, name=f"S{n}", position=n + 1) for n in range(500)])
        TouchpointPlacement.objects.bulk_create(
            [TouchpointPlacement(step=steps[n % 500], touchpoint=row) for n, row in enumerate(rows[:1000])]
        )
        FindingPlacement.objects.bulk_create(
            [FindingPlacement(step=at, finding=each) for at, each in zip(steps, needs, strict=True)]
        )
    for query, before in few.items():
        after, page = cost(query)
        assert after <= before <= 22, query
        assert page.count('class="contact-need"') == 20, query
    with world.inside():
        every = directory_search.find(Filters(), directory_rows.known()).entries
        assert len(every) == len(set(every)) == 501 + 1000
