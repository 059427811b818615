"""From the API to figures: first run, second run, new days, a failure, a new secret; nothing secret is written down."""

import json

import pytest

from connectors.models import ConnectionSecret, Feed, FilePart
from connectors.services import http_feeds
from insights.models import Reading
from orgs.models import AuditEntry
from tests.connectors.desk import daily_counts
from tests.connectors.http_json.api import asked, paged, reading, row
from tests.outside import answer, json_answer

ROWS = [row("2026-05-11", 4), row("2026-05-11", 5), row("2026-05-12", 3)]
WORD = "s3cret-of-acme"


def items(rows):
    return json_answer({"data": {"items": rows}})


def figures(world):
    with world.inside():
        return sorted(Reading.objects.values_list("grain", "starts_on", "value", "answered"))


def test_rows_become_figures(world, serve, feed_of, work_off):
    run = work_off(feed_of(reading(serve(paged(ROWS, 2)).url, paging="page")))
    assert (run.state, run.rows_used) == ("done", 3)
    assert daily_counts(world) == {("Desk", "2026-05-11"): {"4": 1, "5": 1}, ("Desk", "2026-05-12"): {"3": 1}}
    with world.inside():
        assert Feed.objects.get().cursor == {"day": "2026-05-12"}


def test_the_second_run_writes_nothing_new(world, serve, feed_of, work_off):
    feed = feed_of(reading(serve(items(ROWS)).url))
    work_off(feed)
    before = figures(world)
    assert work_off(feed).state == "unchanged"
    assert figures(world) == before
    with world.inside():
        assert FilePart.objects.count() == 1


def test_new_days_come_on_top_and_late_answers_change_their_day(world, serve, feed_of, work_off):
    rows = list(ROWS)

    def handle(request):
        since = asked(request)["from"]
        return items([one for one in rows if one["answered_at"] >= since])

    server = serve(handle)
    feed = feed_of(reading(server.url, since_parameter="from", first_day="2026-05-01", late_days=1))
    work_off(feed)
    rows += [row("2026-05-12", 1), row("2026-05-13", 5)]
    work_off(feed)
    assert asked(server.requests[1]) == {"from": "2026-05-11"}
    assert daily_counts(world) == {
        ("Desk", "2026-05-11"): {"4": 1, "5": 1},
        ("Desk", "2026-05-12"): {"3": 1, "1": 1},
        ("Desk", "2026-05-13"): {"5": 1},
    }


@pytest.mark.parametrize(
    "after", [items([]), answer(b"", "401 Unauthorized"), answer(b"", "503 Busy"), b"", items("x")]
)
def test_no_answer_takes_a_figure_away(world, serve, feed_of, work_off, after):
    answers = [items(ROWS)]
    feed = feed_of(reading(serve(lambda request: answers[-1]).url))
    work_off(feed)
    before = figures(world)
    answers.append(after)
    work_off(feed)
    assert figures(world) == before


def test_a_break_between_pages_lands_nothing(world, serve, feed_of, work_off):
    def handle(request):
        return items(ROWS) if asked(request)["page"] == "1" else answer(b"", "500 Oh")

    work_off(feed_of(reading(serve(handle).url, paging="page")))
    assert figures(world) == []


def test_a_refused_key_is_said_and_a_new_one_works(world, serve, feed_of, work_off):
    def handle(request):
        return items(ROWS) if f"Bearer {WORD}" in request else answer(b"", "401 Unauthorized")

    given = reading(serve(handle).url, sign_in="bearer")
    feed = feed_of(given, secret="an old one")
    run = work_off(feed)
    assert run.state == "failed"
    assert run.message == "“127.0.0.1” refuses the key (401). Enter a new one."
    with world.inside():
        http_feeds.change(feed=Feed.objects.get(), settings=given, secret=WORD, by=world.ivo)
    assert work_off(feed).state == "done"


def test_the_secret_is_written_down_nowhere(world, serve, feed_of, work_off, caplog):
    feed = feed_of(reading(serve(answer(b"", "500 Oh")).url, sign_in="bearer"), secret=WORD)
    with caplog.at_level("DEBUG"):
        run = work_off(feed)
    with world.inside():
        entries = list(AuditEntry.objects.values_list("action", "before", "after", "subject_label"))
        kept = Feed.objects.get()
    assert WORD not in json.dumps(entries) + str(run.__dict__) + str(kept.__dict__) + caplog.text
    assert ("connection.secret", {}, {"secret": "changed", "for": reading_origin(kept)}, "Survey API") in entries


def reading_origin(feed):
    return feed.mapping["url"].removesuffix("/v1/answers")


@pytest.mark.parametrize("change", ["scheme", "host", "port"])
def test_another_scheme_host_or_port_needs_a_new_secret(world, feed_of, settings, change):
    settings.OUTBOUND = type(settings.OUTBOUND).of(allow=["127.0.0.0/8"])
    given = reading("http://127.0.0.1:8001", sign_in="bearer")
    feed = feed_of(given, secret=WORD)
    other = {"scheme": "https://127.0.0.1:8001", "host": "http://127.0.0.2:8001", "port": "http://127.0.0.1:8002"}
    moved = given.changed(url=other[change])
    with world.inside():
        with pytest.raises(http_feeds.SettingsHaveProblems):
            http_feeds.change(feed=feed, settings=moved, secret="", by=world.ivo)
        assert ConnectionSecret.objects.count() == 1
        http_feeds.change(feed=feed, settings=moved.changed(sign_in="none"), secret="", by=world.ivo)
        assert not ConnectionSecret.objects.exists()


def test_another_path_keeps_the_secret_and_reads_from_the_beginning(world, feed_of):
    given = reading("http://127.0.0.1:8001", sign_in="bearer")
    feed = feed_of(given, secret=WORD)
    with world.inside():
        Feed.objects.update(cursor={"day": "2026-05-12"})
        feed = http_feeds.change(
            feed=Feed.objects.get(), settings=given.changed(url="http://127.0.0.1:8001/v2"), secret="", by=world.ivo
        )
        assert ConnectionSecret.objects.count() == 1
        assert feed.cursor == {}
