"""A watched folder: new and changed files are taken once, oldest first, and nothing there is touched."""

import os
from datetime import UTC, datetime

import pytest

from connectors.base import SetupProblem
from connectors.models import Feed, Supply, SyncRun, UploadedFile
from connectors.pipelines import sync
from connectors.queries.supplies import Folder
from connectors.services import schedules, supplies
from orgs.models import AuditEntry
from tests.connectors.desk import ANSWERS, daily_counts
from tests.connectors.file.supplies.conftest import settled
from tests.connectors.running.desk import tick


def test_nothing_is_read_before_the_newest_file_was_looked_at(world, room):
    room.put("may.csv", ("Desk", "2026-05-11", 4), age_days=2)
    room.put("june.csv", ("Desk", "2026-06-11", 4), age_days=1)
    with world.inside():
        supply = supplies.begin(settings=Folder("", "*.csv"), now=settled(), by=world.ivo)
        assert supply.sample.name == "june.csv"
        assert not Feed.objects.exists()
        assert not SyncRun.objects.exists()


def test_every_file_is_taken_oldest_first_and_read_by_itself(world, room, watch, work_off, read_files):
    room.put("b.csv", ("Desk", "2026-05-11", 5), age_days=1)
    room.put("c.csv", ("Desk", "2026-05-11", 1), age_days=9)
    room.put("a.csv", ("Desk", "2026-05-12", 3), age_days=5)
    feed = watch()
    run = work_off(feed)
    assert (run.state, run.message) == ("done", "3 files taken; each is read in a run of its own.")
    assert read_files(feed) == [("c.csv", "done"), ("a.csv", "done"), ("b.csv", "done")]
    assert daily_counts(world) == {("Desk", "2026-05-12"): {"3": 1}, ("Desk", "2026-05-11"): {"5": 1}}


def test_a_second_look_takes_nothing_and_refreshes_the_source(world, room, watch, work_off):
    room.put("may.csv", ("Desk", "2026-05-11", 4), age_days=1)
    feed = watch()
    work_off(feed)
    run = work_off(feed)
    assert (run.state, run.message) == ("unchanged", "There is no new file.")
    with world.inside():
        assert UploadedFile.objects.count() == 1, "what was looked at is not kept twice"
        assert Feed.objects.get().source.refreshed_at > datetime.now(UTC)


def test_a_corrected_file_replaces_its_days(world, room, watch, work_off, read_files):
    room.put("may.csv", ("Desk", "2026-05-11", 4), ("Desk", "2026-05-12", 4), age_days=2)
    feed = watch()
    work_off(feed)
    room.put("may.csv", ("Desk", "2026-05-11", 1), age_days=1)
    work_off(feed)
    assert daily_counts(world) == {("Desk", "2026-05-12"): {"4": 1}, ("Desk", "2026-05-11"): {"1": 1}}
    assert read_files(feed) == [("may.csv", "done")] * 2


def test_a_file_that_was_only_touched_is_not_read_again(room, watch, work_off, read_files):
    path = room.put("may.csv", ("Desk", "2026-05-11", 4), age_days=2)
    feed = watch()
    work_off(feed)
    os.utime(path)
    assert work_off(feed).message == "There is no new file."
    assert read_files(feed) == [("may.csv", "done")]


def test_a_file_that_changed_a_moment_ago_waits(world, room, watch, read_files):
    room.put("may.csv", ("Desk", "2026-05-11", 4), age_days=2)
    feed = watch()
    with world.inside():
        run = SyncRun.objects.get()
    sync.run(workspace_id=world.acme.pk, run_id=run.pk, now=datetime.now(UTC))
    with world.inside():
        run.refresh_from_db()
    assert run.message == "There is no new file. 1 file is still being written and waits."
    assert read_files(feed) == []


def test_a_bad_file_does_not_keep_later_ones_waiting(world, room, watch, work_off, read_files):
    room.put("1.csv", data=b"%PDF-1.7 nothing", age_days=3)
    room.put("2.csv", data=b"", age_days=2)
    room.put("3.csv", ("Desk", "2026-05-11", 4), age_days=1)
    feed = watch()
    run = work_off(feed)
    assert run.message.endswith("“2.csv” is empty.")
    assert read_files(feed) == [("1.csv", "failed"), ("3.csv", "done")]
    assert daily_counts(world) == {("Desk", "2026-05-11"): {"4": 1}}


def test_a_file_over_the_limit_is_refused_in_words(room, watch, work_off, read_files, settings):
    room.put("small.csv", ("Desk", "2026-05-11", 4), age_days=1)
    feed = watch()
    settings.MAX_UPLOAD_MB = 1
    room.put("big.csv", data=b"x" * (1024 * 1024 + 1), age_days=2)
    assert "“big.csv” is larger than 1 MB." in work_off(feed).message
    assert read_files(feed) == [("small.csv", "done")]


def test_files_are_never_changed_or_deleted(room, watch, work_off):
    path = room.put("may.csv", ("Desk", "2026-05-11", 4), age_days=2)
    before = (path.stat(), path.read_bytes())
    work_off(watch())
    after = path.stat()
    assert (after.st_mtime_ns, after.st_ctime_ns, after.st_ino) == tuple(
        getattr(before[0], name) for name in ("st_mtime_ns", "st_ctime_ns", "st_ino")
    )
    assert path.read_bytes() == before[1]


def test_only_names_that_fit_are_taken(room, watch, work_off, read_files):
    for name in ("nps-2026-01.csv", "NPS-2026-02.CSV", "nps-2026-1.csv", "other.csv", ".nps-2026-03.csv"):
        room.put(name, ("Desk", "2026-05-11", 4), age_days=1)
    feed = watch(pattern="nps-????-??.csv")
    work_off(feed)
    assert {name for name, _state in read_files(feed)} == {"nps-2026-01.csv", "NPS-2026-02.CSV"}


def test_beat_doubled_or_dead_looks_once(world, room, watch, work_off):
    room.put("may.csv", ("Desk", "2026-05-11", 4), age_days=1)
    feed = watch()
    work_off(feed)
    for _beat in range(2):
        tick(settled())
        tick(settled())
    with world.inside():
        assert SyncRun.objects.fetching().filter(feed=feed).count() == 2


def test_a_folder_that_is_gone_pauses_the_feed_and_says_what_to_do(world, room, watch, work_off):
    path = room.put("in/may.csv", ("Desk", "2026-05-11", 4), age_days=1)
    feed = watch(folder="in")
    work_off(feed)
    path.unlink()
    path.parent.rmdir()
    run = work_off(feed)
    assert (run.state, run.message) == ("failed", "The folder “in” is not there. Ask the operator to make it.")
    with world.inside():
        feed.refresh_from_db()
    assert feed.paused_reason == run.message


def test_taking_again_reads_what_is_there_in_the_new_way(world, room, watch, work_off, read_files):
    room.put("may.csv", ("Desk", "2026-05-11", 4), age_days=1)
    feed = watch()
    work_off(feed)
    with world.inside():
        supply = supplies.look(supply=Supply.objects.get(), now=settled(), by=world.ivo)
        how = {"feed_name": "", "interval_minutes": None, "now": settled(), "by": world.ivo}
        supplies.accept(supply=supply, mapping=ANSWERS.changed(holds_everybody_asked=True), **how)
        feed.refresh_from_db()
    assert feed.mapping["holds_everybody_asked"]
    assert feed.interval_minutes == 60
    work_off(feed)
    assert read_files(feed) == [("may.csv", "done"), ("may.csv", "done")]
    assert daily_counts(world) == {("Desk", "2026-05-11"): {"4": 1}}


def test_each_file_that_is_taken_is_in_the_audit_trail(world, room, watch, work_off):
    room.put("may.csv", ("Desk", "2026-05-11", 4), age_days=2)
    room.put("june.csv", ("Desk", "2026-06-11", 4), age_days=1)
    run = work_off(watch())
    with world.inside():
        made = sorted(AuditEntry.objects.filter(origin=str(run)).values_list("action", flat=True))
    assert made == ["feed.take", "file.upload", "run.ask", "run.ask"]


def test_days_of_a_folder_are_not_fetched_again(world, room, watch, work_off):
    room.put("may.csv", ("Desk", "2026-05-11", 4), age_days=2)
    feed = watch()
    work_off(feed)
    day = settled().date()
    with world.inside(), pytest.raises(schedules.FeedReadsFiles):
        schedules.backfill(feed=feed, first=day, last=day, today=day, by=world.ivo)


@pytest.mark.parametrize(
    ("folder", "pattern", "field"),
    [
        ("../umbra", "*", "folder"),
        ("in//deep", "*", "folder"),
        ("/etc", "*", "folder"),
        ("", "../*", "pattern"),
        ("", " ", "pattern"),
    ],
    ids=["up", "double slash", "whole path", "slash in the pattern", "no pattern"],
)
def test_settings_that_lead_elsewhere_are_refused(world, room, folder, pattern, field):
    with world.inside(), pytest.raises(supplies.SupplyHasProblems) as found:
        supplies.begin(settings=Folder(folder, pattern), now=settled(), by=world.ivo)
    assert [problem.field for problem in found.value.problems] == [field]


def test_an_empty_folder_is_said_and_nothing_is_kept(world, room):
    with world.inside():
        with pytest.raises(SetupProblem, match="No file fits “\\*.csv”"):
            supplies.begin(settings=Folder("", "*.csv"), now=settled(), by=world.ivo)
        assert not Supply.objects.exists()
