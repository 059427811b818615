"""A file at an address: fetched on a schedule, read when it has changed, and said in words when it is no file."""

import gzip

import pytest

from connectors.base import SetupProblem
from connectors.models import ConnectionSecret, Feed, Supply, SyncRun
from connectors.queries.supplies import Address
from connectors.services import supplies
from tests.connectors.desk import csv_of, daily_counts
from tests.connectors.file.supplies.conftest import settled
from tests.outside import answer, packed

MAY = csv_of(("Desk", "2026-05-11", 4))
JUNE = csv_of(("Desk", "2026-06-11", 2))
WORD = "s3cret-of-acme"


def serving(*bodies, etag=True):
    """Return a handler that gives each body once and the last for ever, and says 304 to who has it."""
    left = list(bodies)

    def _answer(request):
        body = left.pop(0) if len(left) > 1 else left[0]
        mark = f'"{hash(body)}"'
        if etag and mark in request:
            return answer(b"", "304 Not Modified", ETag=mark)
        return answer(body, ETag=mark, Last_Modified="Mon, 11 May 2026 08:00:00 GMT") if etag else answer(body)

    return _answer


def test_it_is_fetched_read_and_marked(world, serve, fetching, work_off, read_files):
    server = serve(serving(MAY))
    feed = fetching(f"{server.url}/exports/may%20answers.csv?week=20")
    run = work_off(feed)
    assert (run.state, run.message) == ("done", "1 file taken; it is read in a run of its own.")
    assert read_files(feed) == [("may answers.csv", "done")]
    assert daily_counts(world) == {("Desk", "2026-05-11"): {"4": 1}}
    with world.inside():
        feed.refresh_from_db()
    assert feed.cursor["last_modified"] == "Mon, 11 May 2026 08:00:00 GMT"
    assert feed.cursor["etag"]


def test_304_is_nothing_new(world, serve, fetching, work_off, read_files):
    server = serve(serving(MAY))
    feed = fetching(server.url)
    work_off(feed)
    run = work_off(feed)
    assert "If-None-Match" in server.requests[-1]
    assert (run.state, run.message) == ("unchanged", "There is no new file.")
    assert len(read_files(feed)) == 1


def test_the_same_bytes_without_marks_are_nothing_new(serve, fetching, work_off, read_files):
    feed = fetching(serve(serving(MAY, etag=False)).url)
    work_off(feed)
    assert work_off(feed).state == "unchanged"
    assert len(read_files(feed)) == 1


def test_a_new_content_is_read(world, serve, fetching, work_off):
    feed = fetching(serve(serving(MAY, MAY, JUNE)).url)
    work_off(feed)
    work_off(feed)
    assert set(daily_counts(world)) == {("Desk", "2026-05-11"), ("Desk", "2026-06-11")}


@pytest.mark.parametrize("reply", [packed(MAY), answer(gzip.compress(MAY, mtime=0))], ids=["on the way", "the file"])
def test_gzip_is_read_either_way(world, serve, fetching, work_off, reply):
    work_off(fetching(serve(reply).url))
    assert daily_counts(world) == {("Desk", "2026-05-11"): {"4": 1}}


def test_the_content_counts_not_what_it_is_called(world, serve, fetching, work_off):
    work_off(fetching(serve(answer(MAY, Content_Type="text/html")).url))
    assert daily_counts(world) == {("Desk", "2026-05-11"): {"4": 1}}


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (answer(b"<!DOCTYPE html><title>Sign in</title>", Content_Type="text/csv"), "leads to a web page"),
        (answer(b"\n <HTML><body>", Content_Type="text/csv"), "leads to a web page"),
        (answer(b"", "401 Unauthorized"), "wants a key (401)"),
        (answer(b"", "404 Not Found"), "has nothing at this address (404)"),
        (answer(b"", "503 Busy"), "has trouble (503)"),
        (answer(b""), "gives an empty file"),
        (answer(b"x" * (10 * 1024 * 1024 + 1)), "The file is larger than 10 MiB. Pack it with gzip"),
    ],
    ids=["web page", "web page in capitals", "401", "404", "503", "empty", "too large"],
)
def test_what_is_wrong_is_said_while_it_is_set_up(world, serve, reply, sentence):
    with world.inside():
        with pytest.raises(SetupProblem) as problem:
            supplies.begin(settings=Address(serve(reply).url), now=settled(), by=world.ivo)
        assert not Supply.objects.exists()
    assert sentence in problem.value.sentence


def test_a_web_page_later_pauses_the_feed_and_keeps_the_figures(world, serve, fetching, work_off):
    feed = fetching(serve(serving(MAY, MAY, b"<html>Sign in", etag=False)).url)
    work_off(feed)
    run = work_off(feed)
    assert (run.state, "web page" in run.message) == ("failed", True)
    assert daily_counts(world) == {("Desk", "2026-05-11"): {"4": 1}}


def test_a_server_that_is_busy_later_is_tried_again(world, serve, fetching, work_off):
    replies = [answer(MAY), answer(b"", "503 Busy", Retry_After="120")]
    feed = fetching(serve(lambda request: replies.pop(0) if len(replies) > 1 else replies[0]).url)
    run = work_off(feed)
    assert (run.state, "has trouble" in run.message) == ("queued", True)


def test_an_address_inside_is_refused(world, serve):
    with world.inside(), pytest.raises(supplies.SupplyHasProblems) as found:
        supplies.begin(settings=Address("http://169.254.169.254/a.csv"), now=settled(), by=world.ivo)
    assert [problem.field for problem in found.value.problems] == ["url"]


def test_the_secret_is_sent_there_and_kept_nowhere_in_the_clear(world, serve, fetching, work_off):
    server = serve(lambda request: answer(MAY) if f"Bearer {WORD}" in request else answer(b"", "401 Unauthorized"))
    feed = fetching(server.url, sign_in="bearer", secret=WORD)
    assert work_off(feed).state == "done"
    with world.inside():
        assert WORD not in str(Supply.objects.values()) + str(Feed.objects.values()) + str(SyncRun.objects.values())
        assert ConnectionSecret.objects.count() == 1


def test_the_secret_goes_when_the_origin_changes(world, serve, fetching):
    feed = fetching(serve(answer(MAY)).url, sign_in="bearer", secret=WORD)
    other = serve(answer(MAY))
    with world.inside():
        supply = feed.supplies.select_related("connection", "feed").get()
        moved = Address(other.url, "bearer")
        with pytest.raises(supplies.SupplyHasProblems) as found:
            supplies.change(supply=supply, settings=moved, now=settled(), by=world.ivo)
        assert [problem.field for problem in found.value.problems] == ["secret"]
        supplies.change(supply=supply, settings=Address(other.url), now=settled(), by=world.ivo)
        assert not ConnectionSecret.objects.exists()
    assert not any(WORD in request for request in other.requests)
