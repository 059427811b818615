"""Feeds and runs as their pages show them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from connectors.queries import feeds, runs
from tests.connectors.desk import bring, csv_of, fresh, give

ROWS = [("Desk", "2026-05-11", 4), ("Desk", "2026-05-11", ""), ("Desk", "never", 4), ("Desk", "", 4), ("Desk", "no", 5)]


def view(world, run):
    run = fresh(world, run)
    with world.inside():
        return runs.view(run, now=timezone.now())


def test_a_waiting_run_says_that_it_waits_and_can_be_cancelled(world):
    shown = view(world, give(world, csv_of(*ROWS)))
    assert (shown.state, shown.state_label, shown.can_cancel, shown.is_finished) == ("queued", "Waiting", True, False)
    assert (shown.progress_share_0_1, shown.duration_seconds) == (None, None)


def test_a_finished_run_shows_its_counts_and_why_rows_were_rejected(world):
    shown = view(world, bring(world, csv_of(*ROWS)))
    assert (shown.rows_read, shown.rows_used, shown.rows_unanswered, shown.rows_rejected) == (5, 1, 1, 3)
    assert [(reason.reason, reason.rows, reason.first_row) for reason in shown.reasons] == [
        ("The date is not written like 2026-05-31", 2, 4),
        ("No date", 1, 5),
    ]
    assert (shown.progress_share_0_1, shown.can_cancel, shown.file_name) == (1.0, False, "answers.csv")
    assert ("Touchpoints", 1) in shown.made
    assert shown.duration_seconds >= 0


def test_a_running_run_shows_its_share_and_how_long_it_takes(world):
    run = fresh(world, give(world, csv_of(*ROWS)))
    run.state, run.bytes_read, run.started_at = "running", run.bytes_total // 2, timezone.now() - timedelta(seconds=9)
    with world.inside():
        shown = runs.view(run, now=timezone.now())
    assert shown.progress_share_0_1 == pytest.approx(0.5, abs=0.02)
    assert shown.duration_seconds == pytest.approx(9, abs=1)


def test_rejected_rows_come_in_the_order_of_the_file(world):
    run = bring(world, csv_of(*ROWS))
    with world.inside():
        assert [(row.row_number, row.value) for row in runs.rejected_rows(run)] == [(4, "never"), (5, ""), (6, "no")]


def test_a_run_is_shown_in_one_query_for_its_reasons(world, django_assert_num_queries):
    run = fresh(world, bring(world, csv_of(*ROWS)))
    with world.inside():
        run = runs.page_rows().get(pk=run.pk)
        with django_assert_num_queries(1):
            runs.view(run, now=timezone.now())


def test_another_company_sees_none_of_it(world):
    run = bring(world, csv_of(*ROWS), name="Survey of Acme")
    with world.inside_umbra():
        assert "Survey of Acme" not in {feed.name for feed in feeds.listed()}
        assert not runs.page_rows().filter(pk=run.pk).exists()
        assert not runs.rejected_rows(run).exists()
