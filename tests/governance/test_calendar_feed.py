"""The calendar of one's reviews: its secret address, who reads what there, and that another parser understands it."""

from datetime import date, timedelta

import pytest
import vobject
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from governance.models import CalendarFeed
from governance.services import calendars, turns
from journeys.models import Map
from orgs.models import AuditEntry, User
from orgs.services import members
from tests.world import CANARY

DUE = date(2027, 3, 28)  # the clocks change that night
AWKWARD = "Über, alles; \\ “Öl” 🚚 مستودع " + "lang " * 30


@pytest.fixture(autouse=True)
def _uncounted():
    cache.clear()


@pytest.fixture
def feed(keeping, world):
    """Two maps of Max's, one of Lea's; `feed(member)` makes the address of a member's calendar and reads it."""
    for title, owner in ((AWKWARD, world.max), ("Second", world.max), ("Lea's own", world.lea)):
        keeping.plan(keeping.map(title.strip(), owner=owner), DUE, today=DUE)

    def make(member, *, holds_all=False):
        with world.inside():
            return calendars.make(holds_all=holds_all, by=member, now=timezone.now())

    return make


def get(token, **headers):
    return Client().get(f"/calendars/{token}.ics", headers=headers)


def events(answer):
    """What another library than the one that wrote it reads."""
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    read = vobject.readOne(answer.content.decode())
    return {each.summary.value: each for each in read.contents.get("vevent", [])}


def test_another_parser_reads_every_event_as_it_was_meant(feed, world):
    answer = get(feed(world.max))
    read = events(answer)
    assert set(read) == {f"Review: {AWKWARD.strip()}", "Review: Second"}
    event = read["Review: Second"]
    assert (event.dtstart.value, event.dtend.value) == (DUE, DUE + timedelta(days=1))
    assert event.description.value.startswith("Reviewed by Max (Owner)\nhttp")
    lines = answer.content.split(b"\r\n")
    assert b"\n" not in answer.content.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert answer.content.endswith(b"END:VCALENDAR\r\n")


def test_an_event_keeps_its_identity_when_it_moves_and_the_next_review_is_another(feed, keeping, world):
    token = feed(world.max)
    with world.inside():
        drawn = Map.objects.get(title="Second")

    def told():
        event = events(get(token))["Review: Second"]
        return event.uid.value, int(event.sequence.value), event.dtstart.value

    first = told()
    with world.inside():
        given = {"workspace": world.acme, "by": world.max, "note": "Later"}
        turns.postpone(drawn=drawn, on=DUE + timedelta(days=2), today=DUE, **given)
    moved = told()
    assert moved == (first[0], first[1] + 1, DUE + timedelta(days=2))
    with world.inside():
        turns.skip(drawn=drawn, today=DUE, **given)
    assert told()[0] != first[0]


def test_it_holds_ones_own_or_all_and_nothing_of_another_company(feed, world):
    assert set(events(get(feed(world.lea)))) == {"Review: Lea's own"}
    assert events(get(feed(world.vi))) == {}
    answer = get(feed(world.vi, holds_all=True))
    assert len(events(answer)) == 3
    assert CANARY not in answer.content.decode()


def test_what_did_not_change_is_not_sent_again(feed, keeping, world):
    token = feed(world.max)
    tag = get(token)["ETag"]
    same = get(token, **{"If-None-Match": tag})
    assert (same.status_code, same.content) == (304, b"")
    with world.inside():
        Map.objects.filter(title="Second").update(title="Renamed", version=9)
    assert get(token, **{"If-None-Match": tag}).status_code == 200


def test_it_ends_when_it_is_renewed_revoked_or_its_member_leaves(feed, keeping, world):
    old, new = feed(world.max), feed(world.max)
    assert [get(token).status_code for token in (old, new)] == [404, 200]
    keeping.post("reviews/calendar/revocation/", world.max)
    assert get(new).status_code == 404
    again = feed(world.con)
    with world.inside():
        assert CalendarFeed.objects.get().token_hash not in again
        members.remove(member=world.con, handed={}, by=world.ada, now=timezone.now())
    assert get(again).status_code == 404
    barred = feed(world.eli)
    User.objects.filter(pk=world.eli.user_id).update(is_active=False)
    assert get(barred).status_code == 404
    with world.inside():
        found = AuditEntry.objects.filter(action__startswith="calendar.").order_by("pk")
        did = [each.action.partition(".")[2] for each in found]
        assert did == ["make", "renew", "revoke", "make", "make"]
        assert new not in str([(each.before, each.after) for each in found])


def test_nonsense_opens_nothing(feed, world):
    token = feed(world.max)
    other = f"{world.umbra.pk}-{token.partition('-')[2]}"
    for wrong in ("x", "1-x", token[:-1], token + "x", other, f"999999999-{'x' * 43}", token.upper()):
        assert get(wrong).status_code == 404
    assert Client().post(f"/calendars/{token}.ics").status_code == 405


def test_the_page_shows_the_address_once(keeping, world):
    page = "reviews/calendar/"
    assert "Make an address" in keeping.get(page, world.vi).content.decode()
    text = keeping.post(page, world.vi, holds_all="yes").content.decode()
    address = text.partition("/calendars/")[2].partition(".ics")[0]
    assert get(address).status_code == 200
    later = keeping.get(page, world.vi).content.decode()
    assert address not in later
    assert "It holds all reviews" in later
    assert "A program read it last on" in later


def test_it_is_not_read_all_the_time(feed, world):
    token = feed(world.max)
    answers = [get(token) for _ in range(22)]  # over the end of a minute as well
    assert answers[0].status_code == 200
    over = [each for each in answers if each.status_code == 429]
    assert over
    assert over[0]["Retry-After"] == "60"


def test_queries_do_not_grow_per_review(feed, keeping, world):
    token = feed(world.max)

    def asked():
        get(token)
        with CaptureQueriesContext(connection) as queries:
            get(token)
        return len(queries)

    few = asked()
    for number in range(6):
        keeping.plan(keeping.map(f"More {number}", owner=world.max), DUE, today=DUE)
    assert asked() == few
