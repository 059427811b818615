"""The page of connections: what is wrong on top, then every feed with its state; found, sorted, and as CSV."""

import csv
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from connectors.base import SetupProblem, TryLater
from connectors.models import Feed, SyncRun
from connectors.services import schedules
from insights.models import Source
from tests.connectors.desk import bring, csv_of
from tests.connectors.running.desk import answers, ask, connect, feed_of, hourly, raising, refresh
from tests.world import CANARY

REASON = "The source refused the key. Enter a new one."


@pytest.fixture
def desk(world, bell):
    """One feed in each state, of one connection."""
    there = connect(world, "Phone system")
    bell.answer = raising(SetupProblem(REASON))
    refresh(world, hourly(world, there, "Stopped one"))
    bell.answer = answers("2026-05-11")
    refresh(world, hourly(world, there, "Good one"))
    feed_of(world, there, "Hand one")
    ask(world, hourly(world, there, "Waiting one"))
    held = hourly(world, there, "Paused one")
    with world.inside():
        schedules.pause(feed=held, now=timezone.now(), by=world.ivo)
        failing = hourly(world, there, "Failing one")
        Source.objects.filter(pk=failing.source_id).update(trouble="The system has trouble.")
    return there


def rows(text):
    """The names of the feeds in the table, in their order."""
    return re.findall(r'<tr id="feed-\d+">.*?<a href="[^"]+">([^<]+)</a>', text, re.DOTALL)


def row(text, name):
    return next(part for part in text.split('<tr id="feed-') if f">{name}</a>" in part)


def test_each_feed_says_its_state_in_words(page, desk):
    text = page("connections")
    said = {
        "Stopped one": "Needs you",
        "Good one": "On schedule",
        "Hand one": "By hand",
        "Waiting one": "Running",
        "Paused one": "Paused",
        "Failing one": "Has trouble",
    }
    assert {name for name, word in said.items() if word in row(text, name)} == set(said)
    assert "Every hour" in row(text, "Good one")
    assert "11 May 2026" in row(text, "Good one")
    assert 'data-label="Rows used">1<' in row(text, "Good one")
    assert text.index("Phone system") < text.index("Stopped one</a>")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?state=stopped", ["Stopped one"]),
        ("?state=paused", ["Paused one"]),
        ("?q=hand", ["Hand one"]),
        ("?q=PHONE&state=scheduled", ["Good one"]),
        ("?kind=file", []),
        ("?sort=-name&q=one", ["Waiting one"]),
        ("?sort=name&state=nonsense", ["Failing one"]),
        ("?sort=state", ["Stopped one"]),
    ],
)
def test_it_is_searched_filtered_and_sorted_by_the_address(page, desk, query, names):
    found = rows(page("connections", query=query))
    assert found[:1] == names[:1]
    if "sort" not in query:
        assert found == names


def test_a_filter_that_finds_nothing_says_so_and_keeps_the_bar(page, desk):
    text = page("connections", query="?q=nothing-like-it")
    assert "No feed matches" in text
    assert 'value="nothing-like-it"' in text


def test_the_same_sentence_stands_once_with_all_its_feeds(world, page, bell):
    bell.answer = raising(SetupProblem(REASON))
    for number in range(7):
        refresh(world, hourly(world, connect(world, f"Line {number}"), f"Feed {number}"))
    top = page("connections").split("<table")[0]
    assert top.count(REASON) == 1
    assert "7 feeds:" in top
    assert "Feed 4" in top
    assert "and 2 more" in top
    assert "Feed 5" not in top


def test_a_system_that_cannot_answer_is_named_once_its_breaker_opens(world, page, bell):
    bell.answer = raising(TryLater("The system has trouble."))
    feed = hourly(world, connect(world))
    with world.inside():
        feed.connection.tries = 5
        feed.connection.save()
    refresh(world, feed)
    assert "The system has trouble." in page("connections").split("<table")[0]


def test_the_csv_holds_what_the_page_shows(world, page, desk):
    lines = list(csv.DictReader(page("connections_csv", query="?sort=name").splitlines()))
    assert [line["Feed"] for line in lines][:2] == ["Failing one", "Good one"]
    assert (lines[1]["State"], lines[1]["Rows used"], lines[1]["Data through"]) == ("On schedule", "1", "2026-05-11")
    assert [line["Feed"] for line in csv.DictReader(page("connections_csv", query="?state=stopped").splitlines())] == [
        "Stopped one"
    ]


def test_names_that_a_spreadsheet_would_compute_are_made_harmless(world, page, bell):
    hourly(world, connect(world), "=1+1")
    assert "'=1+1" in page("connections_csv")


def test_with_nothing_connected_it_says_what_to_do(world, page):
    assert "Start with a file" in page("connections")
    assert "An administrator or integrator connects the first source." in page("connections", by=world.vi)


def test_a_viewer_reads_all_of_it_and_changes_none(world, page, desk):
    text = page("connections", by=world.vi)
    assert REASON in text
    assert "Stopped one" in text
    assert "Run now" not in text
    assert "Resume" not in text


def test_another_company_sees_none_of_it(world, page, sign_in, desk):
    assert CANARY not in page("connections") + page("connections_csv")
    there = sign_in(world.ann).get(reverse("connections", args=[world.umbra.slug])).content.decode()
    assert CANARY in there
    assert "Stopped one" not in there


def test_a_button_leads_back_to_the_list_as_it_was_filtered(world, send, desk):
    with world.inside():
        held = Feed.objects.get(name="Good one")
    assert send("feed_pause", held.pk, next="?state=scheduled")["Location"] == "/w/acme/connections/?state=scheduled"
    assert send("feed_resume", held.pk, next="feed")["Location"] == f"/w/acme/feeds/{held.pk}/"
    assert send("feed_pause", held.pk, next="https://elsewhere.test/")["Location"] == "/w/acme/connections/"


def test_a_feed_of_files_stands_beside_the_others(world, page):
    bring(world, csv_of(("Desk", "2026-05-11", 4)), name="Survey")
    text = row(page("connections"), "Survey")
    assert "Reads the files that people give it." in text
    assert "Run now" not in text


def test_a_thousand_feeds_cost_as_many_queries_as_one(world, sign_in, bell):
    client, address = sign_in(world.ivo), reverse("connections", args=[world.acme.slug])
    there = connect(world)

    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        return len(caught)

    queries()
    none = queries()
    first = hourly(world, there)
    ask(world, first)
    one = queries()
    with world.inside():
        sources = Source.objects.bulk_create(Source(name=f"S {n}", trouble=f"T {n % 50}") for n in range(999))
        feeds = Feed.objects.bulk_create(
            Feed(connection=there, source=source, name=f"F {source.name}", mapping={}) for source in sources
        )
        SyncRun.objects.bulk_create(SyncRun(feed=feed, mapping={}, asked_by=world.ivo) for feed in feeds)
    assert queries() == one
    assert none <= one
