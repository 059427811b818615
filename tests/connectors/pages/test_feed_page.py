"""The page of a feed: health, runs, what it fills; when it is refreshed and how hard its system may be asked."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from connectors.base import SetupProblem
from connectors.models import Connection, SyncRun
from connectors.services import connections
from cxhub.lib.timetable import Hours
from insights.services import sources
from orgs.models import AuditEntry
from tests.connectors.desk import bring, csv_of
from tests.connectors.running.desk import answers, connect, feed_of, fresh, hourly, raising, refresh

OFFICE = {"in_hours": "on", "days": ["0", "1", "2", "3", "4"], "opens": "08:00", "closes": "18:00"}


@pytest.fixture
def feed(world, bell):
    bell.answer = answers("2026-05-11")
    return hourly(world, connect(world))


def limited(world, feed):
    with world.inside():
        held = Connection.objects.get(pk=feed.connection_id)
    return held.at_once, held.per_minute


def test_it_shows_health_runs_and_what_it_fills(world, page, feed):
    run = refresh(world, feed)
    text = page("feed", feed.pk)
    assert "On schedule" in text
    assert "11 May 2026" in text
    assert "every hour" in text
    assert f"/w/acme/runs/{run.pk}/" in text
    assert ">Desk</a>" in text
    assert "Satisfaction" in text


def test_runs_are_filtered_by_how_they_ended(world, page, feed, bell):
    good = refresh(world, feed)
    bell.answer = raising(SetupProblem("The key is wrong."))
    bad = refresh(world, feed)
    failed = page("feed", feed.pk, query="?state=failed").split('id="runs"')[1]
    assert f'id="run-{bad.pk}"' in failed
    assert f'id="run-{good.pk}"' not in failed
    assert "No run ended like this" in page("feed", feed.pk, query="?state=quarantined")


def test_a_system_that_is_left_alone_is_said_to_be(world, page, feed):
    with world.inside():
        Connection.objects.filter(pk=feed.connection_id).update(breaker_until=Now() + timedelta(hours=1))
    assert "it is left alone until" in page("feed", feed.pk)


def test_a_new_timetable_is_kept_and_recorded(world, send, page, feed):
    reply = send("feed_schedule", feed.pk, interval="1440", **OFFICE)
    assert reply["Location"] == f"/w/acme/feeds/{feed.pk}/"
    held = fresh(world, feed)
    assert (held.interval_minutes, Hours.from_json(held.hours)) == (
        1440,
        Hours(frozenset(range(5)), time(8), time(18)),
    )
    with world.inside():
        assert AuditEntry.objects.get(action="feed.schedule").actor == world.ivo
    assert "every day, Mon, Tue, Wed, Thu and Fri 08:00–18:00" in page("feed", feed.pk, by=world.vi)


def test_no_interval_leaves_it_to_people(world, send, feed):
    send("feed_schedule", feed.pk, interval="0")
    assert (fresh(world, feed).interval_minutes, fresh(world, feed).next_due_at) == (None, None)


def test_an_unusual_interval_stays_offered(world, page, send, bell):
    odd = feed_of(world, connect(world), interval_minutes=7)
    assert "every 7 minutes" in page("feed", odd.pk)
    send("feed_schedule", odd.pk, interval="7")
    assert fresh(world, odd).interval_minutes == 7


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"interval": "60", **OFFICE, "days": []}, "Choose at least one day"),
        ({"interval": "60", **OFFICE, "opens": "25:00"}, "Enter a valid time"),
        ({"interval": "3"}, "is not one of the available choices"),
    ],
    ids=["no-day", "no-time", "no-interval"],
)
def test_a_timetable_that_makes_no_sense_is_explained_and_what_was_typed_stays(world, send, feed, typed, sentence):
    reply = send("feed_schedule", feed.pk, **typed)
    text = reply.content.decode()
    assert reply.status_code == 422
    assert sentence in text
    assert ('value="18:00"' in text) == ("closes" in typed)
    assert fresh(world, feed).interval_minutes == 60


def test_limits_are_kept_recorded_and_shown(world, send, page, feed):
    assert send("feed_limits", feed.pk, at_once="3", per_minute="120").status_code == 302
    assert limited(world, feed) == (3, 120)
    with world.inside():
        entry = AuditEntry.objects.get(action="connection.limit")
    assert (entry.actor_id, entry.before, entry.after) == (
        world.ivo.pk,
        {"at_once": 1, "per_minute": None},
        {"at_once": 3, "per_minute": 120},
    )
    assert "runs at once: 3; requests a minute: 120" in page("feed", feed.pk, by=world.vi)
    send("feed_limits", feed.pk, at_once="3", per_minute="120")
    with world.inside():
        assert AuditEntry.objects.filter(action="connection.limit").count() == 1


@pytest.mark.parametrize(("at_once", "per_minute"), [("0", ""), ("21", ""), ("1", "0"), ("1", "many")])
def test_limits_that_make_no_sense_are_explained(world, send, feed, at_once, per_minute):
    reply = send("feed_limits", feed.pk, at_once=at_once, per_minute=per_minute)
    assert reply.status_code == 422
    assert "field-error" in reply.content.decode()
    assert limited(world, feed) == (1, None)


def test_the_service_refuses_them_as_well(world, feed):
    with world.inside(), pytest.raises(connections.BadLimits, match="1 to 20 runs"):
        connections.limit(connection=feed.connection, at_once=99, per_minute=None, by=world.ivo)


def test_a_viewer_reads_it_without_a_form(world, page, feed):
    text = page("feed", feed.pk, by=world.vi)
    assert "every hour" in text
    assert "Save the" not in text
    assert "Run now" not in text


def test_a_feed_of_files_has_runs_and_no_timetable(world, page, send):
    run = bring(world, csv_of(("Desk", "2026-05-11", 4)), name="Survey")
    text = page("feed", run.feed_id)
    assert "answers.csv" in text
    assert "Save the" not in text
    refused = send("feed_schedule", run.feed_id, interval="60")
    assert refused.status_code == 422


def test_a_feed_of_another_company_is_not_found(world, page, feed):
    page("feed", world.umbra_rows["feed"].pk, status=404)


def test_many_runs_cost_as_many_queries_as_one(world, sign_in, feed):
    client, address = sign_in(world.ivo), reverse("feed", args=[world.acme.slug, feed.pk])
    refresh(world, feed)

    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        return len(caught)

    queries()
    few = queries()
    with world.inside():
        SyncRun.objects.bulk_create(
            SyncRun(feed=feed, mapping={}, asked_by=world.ivo, state="done") for _ in range(100)
        )
        sources.refreshed(feed.source, at=feed.created_at, data_through=date(2026, 5, 12), run_path="")
    assert queries() == few
