"""A run that cannot work says so in a sentence, on itself and on its source, and leaves the figures alone."""

import logging

import pytest
from django.db.models.functions import Now

from connectors import registry
from connectors.base import SetupProblem, TryLater
from connectors.models import Connection, RejectedRow, SyncRun
from insights.models import Reading, Source
from journeys.models import LifecyclePhase
from orgs.models import AuditEntry
from tests.connectors.desk import ANSWERS, bring, csv_of, fresh, give, nothing_landed, work

SECRET = "what a customer wrote"


class Breaking:
    """A connector that meets the trouble it is given, after one row."""

    kind, name = "breaking", "Breaking"

    def __init__(self, trouble):
        self.trouble = trouble

    def plan(self, settings):
        return registry.connector("file").plan(settings)

    def records(self, settings, content, calendar):
        yield from registry.connector("file").records(settings, content, calendar)
        raise self.trouble


@pytest.fixture
def breaking(world):
    """Returns a function that makes a run whose connector meets this trouble."""

    def _breaking(trouble):
        registry.CONNECTORS["breaking"] = Breaking(trouble)
        run = give(world, csv_of(("Desk", "2026-05-11", 4)))
        with world.inside():
            Connection.objects.update(kind="breaking")
        return run

    yield _breaking
    registry.CONNECTORS.pop("breaking", None)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (csv_of(), "The file has a header and no rows."),
        (csv_of(("", "2026-05-11", 4), ("", "never", 4)), "Not one of 2 rows can be used. Most often: No touchpoint."),
        (csv_of(("Desk", "2026-05-11", 4)) + b'"' + b"x" * 300_000, "a text in quotes has no end"),
    ],
)
def test_a_file_that_holds_nothing_usable_fails_with_the_reason(world, data, says):
    run = bring(world, data)
    assert run.state == "failed"
    assert says in run.message
    assert nothing_landed(world)
    with world.inside():
        assert Source.objects.get().trouble == run.message


def test_rejected_rows_of_a_failed_run_are_kept(world):
    run = bring(world, csv_of(("", "2026-05-11", 4), ("Desk", "never", 4)))
    with world.inside():
        assert list(RejectedRow.objects.filter(run=run).values_list("row_number", flat=True)) == [2, 3]


def test_a_setup_problem_is_shown_and_not_tried_again(world, breaking):
    run = work(world, breaking(SetupProblem("The password has expired. Enter the new one.")))
    assert (run.state, run.message) == ("failed", "The password has expired. Enter the new one.")
    assert run.feed.source.trouble == run.message
    with world.inside():
        assert not SyncRun.objects.due().exists()
        assert AuditEntry.objects.filter(action="feed.refresh_failed").exists()


def test_try_later_waits_as_long_as_it_was_asked_to(world, breaking):
    run = work(world, breaking(TryLater("The other side is busy.", after_seconds=90)))
    assert (run.state, run.message) == ("queued", "The other side is busy.")
    with world.inside():
        wait = SyncRun.objects.annotate(now=Now()).get()
    assert 80 < (wait.lease_until - wait.now).total_seconds() <= 90
    assert work(world, run).fence == run.fence


def test_without_a_wish_it_waits_longer_each_time(world, breaking):
    run = breaking(TryLater("The other side is busy."))
    waits = []
    for _try in range(3):
        with world.inside():
            SyncRun.objects.update(lease_until=None)
        work(world, run)
        with world.inside():
            held = SyncRun.objects.annotate(now=Now()).get()
        waits.append(round((held.lease_until - held.now).total_seconds()))
    assert all(low <= seconds <= low * 1.5 for low, seconds in zip([60, 120, 240], waits, strict=True))


def test_a_bug_is_logged_by_its_place_and_never_shows_what_a_customer_wrote(world, breaking, caplog):
    with caplog.at_level(logging.INFO):
        run = work(world, breaking(ValueError(SECRET)))
    assert run.state == "failed"
    assert "went wrong on our side" in run.message
    assert "ValueError" in caplog.text
    assert "in records" in caplog.text
    assert SECRET not in caplog.text + run.message
    assert nothing_landed(world)


def test_what_fails_while_landing_leaves_nothing_behind(world):
    with world.inside():
        phase = LifecyclePhase.objects.create(name="Soon gone", position=99)
    mapping = ANSWERS.changed(stage="1 Arrive", map_title="A trip", phase_id=phase.pk)
    run = give(world, csv_of(("Desk", "2026-05-11", 4)), mapping)
    with world.inside():
        phase.delete()
    run = work(world, run)
    assert (run.state, "lifecycle phase" in run.message) == ("failed", True)
    assert nothing_landed(world)


def test_a_feed_keeps_its_scale(world):
    first = bring(world, csv_of(("Desk", "2026-05-11", 4)))
    wider = ANSWERS.changed(scale_high=7)
    run = bring(world, csv_of(("Desk", "2026-05-12", 4)), wider, feed=first.feed)
    assert (run.state, "Use a new feed" in run.message) == ("failed", True)
    with world.inside():
        assert Reading.objects.filter(grain="day").count() == 1


def test_a_success_ends_the_trouble(world):
    failed = bring(world, csv_of())
    bring(world, csv_of(("Desk", "2026-05-11", 4)), feed=failed.feed)
    assert fresh(world, failed).feed.source.trouble == ""


def test_too_many_rejected_rows_stop_the_run(world, monkeypatch):
    monkeypatch.setattr("connectors.pipelines.notes.MOST_REJECTED", 50)
    rows = [("Desk", "2026-05-11", 4)] + [("Desk", "2026-05-11", "bad")] * 80
    run = bring(world, csv_of(*rows))
    assert (run.state, run.rows_rejected) == ("failed", 51)
    assert run.message == "More than 50 rows are rejected, so reading stopped. Most likely: The score is not a number."
    with world.inside():
        assert RejectedRow.objects.count() == 51
