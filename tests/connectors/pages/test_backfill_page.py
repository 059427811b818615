"""Days are filled again from a page: chosen, watched, stopped; a refusal says why and keeps what was typed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from connectors.models import SyncRun
from connectors.services import schedules
from tests.connectors.desk import bring, csv_of
from tests.connectors.running.desk import ask, connect, every_day, hourly, runs_of, work

LAST = timezone.now().date() - timedelta(days=2)
FIRST = LAST - timedelta(days=39)


@pytest.fixture
def feed(world, bell):
    bell.answer = every_day
    return hourly(world, connect(world))


def test_days_are_chosen_and_their_progress_is_shown(world, send, page, feed):
    reply = send("feed_backfill", feed.pk, first=FIRST, last=LAST)
    assert reply["Location"] == f"/w/acme/feeds/{feed.pk}/backfill/"
    (run,) = runs_of(world, feed)
    assert (run.first_day, run.last_day, run.asked_by_id) == (FIRST, LAST, world.ivo.pk)
    assert "0 of 40 days filled" in page("feed_backfill", feed.pk)
    with world.inside():
        SyncRun.objects.filter(pk=run.pk).update(filled_through=FIRST + timedelta(days=30))
    text = page("feed_backfill", feed.pk)
    assert "31 of 40 days filled" in text
    assert f"/w/acme/runs/{run.pk}/cancellation/" in text


def test_when_all_days_are_in_it_says_so_and_asks_no_more(world, send, page, feed):
    send("feed_backfill", feed.pk, first=FIRST, last=LAST)
    work(world, runs_of(world, feed)[0])
    text = page("feed_backfill", feed.pk)
    assert "40 of 40 days filled" in text
    assert "every 2s" not in text


def test_it_is_stopped_from_there(world, send, page, feed):
    send("feed_backfill", feed.pk, first=FIRST, last=LAST)
    send("run_cancel", runs_of(world, feed)[0].pk)
    assert "Cancelled before it began" in page("feed_backfill", feed.pk)


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        (LAST, FIRST, "Choose days in order"),
        (FIRST, LAST + timedelta(days=900), "none of them in the future"),
        (FIRST - timedelta(days=2000), LAST, "three years at most"),
        ("yesterday", LAST, "Enter a valid date"),
        ("", LAST, "This field is required"),
    ],
    ids=["order", "future", "many", "no-date", "empty"],
)
def test_days_that_cannot_be_filled_are_explained_and_stay_typed(world, send, feed, first, last, sentence):
    reply = send("feed_backfill", feed.pk, first=first, last=last)
    assert reply.status_code == 422
    assert sentence in reply.content.decode()
    assert f'value="{last}"' in reply.content.decode()
    assert runs_of(world, feed) == []


def test_a_paused_or_busy_feed_is_explained(world, send, feed):
    ask(world, feed)
    assert "is being refreshed" in send("feed_backfill", feed.pk, first=FIRST, last=LAST).content.decode()
    with world.inside():
        schedules.pause(feed=feed, now=timezone.now(), by=world.ivo)
    assert "Resume it first" in send("feed_backfill", feed.pk, first=FIRST, last=LAST).content.decode()


def test_a_feed_of_files_is_told_what_to_do_instead(world, page):
    run = bring(world, csv_of(("Desk", "2026-05-11", 4)))
    text = page("feed_backfill", run.feed_id)
    assert "Upload a file instead" in text
    assert "Fill these days" not in text


def test_a_viewer_may_not_and_a_stranger_finds_nothing(world, page, feed):
    page("feed_backfill", feed.pk, by=world.vi, status=403)
    page("feed_backfill", world.umbra_rows["http_feed"].pk, status=404)
