"""Accepting a file into a feed: checked first, queued once, written down."""

import pytest

from connectors.base import SetupProblem
from connectors.models import Connection, Feed, SyncRun
from connectors.services import feeds
from insights.models import Source
from orgs.models import AuditEntry
from tests.connectors.desk import ANSWERS, bring, csv_of, fresh, give, keep

FILE = csv_of(("Desk", "2026-05-11", 4))


def test_the_first_file_makes_a_connection_a_source_a_feed_and_a_waiting_run(world):
    run = fresh(world, give(world, FILE))
    with world.inside():
        assert (run.state, run.feed.name, run.mapping) == ("queued", "Survey", ANSWERS.to_json())
        assert (run.feed.connection.kind, run.feed.connection.name) == ("file", "Uploaded files")
        assert run.feed.source.interval_minutes is None
        assert (run.bytes_total, run.asked_by) == (len(FILE), world.ivo)


def test_the_second_file_uses_the_same_connection_and_another_feed(world):
    first, second = give(world, FILE), give(world, FILE, name="Other")
    assert first.feed_id != second.feed_id
    with world.inside():
        assert Connection.objects.count() == 1
        assert Source.objects.count() == 2


def test_a_further_file_of_a_feed_may_come_with_another_mapping(world):
    first = give(world, FILE)
    news = ANSWERS.changed(measures=("csat_mean", "csat_top2"))
    second = give(world, FILE, news, feed=first.feed)
    first = fresh(world, first)
    assert (second.feed_id, first.mapping, second.mapping) == (first.feed_id, ANSWERS.to_json(), news.to_json())
    with world.inside():
        entry = AuditEntry.objects.get(action="feed.change")
    assert entry.before["mapping"]["measures"] == ["csat_mean"]


def test_every_change_is_written_down(world):
    give(world, FILE)
    with world.inside():
        actions = set(AuditEntry.objects.filter(actor=world.ivo).values_list("action", flat=True))
    assert actions >= {"connection.create", "source.create", "feed.create", "run.ask", "file.upload"}


def test_the_worker_is_woken_once_the_upload_is_committed(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        run = give(world, FILE)
    [wake] = callbacks
    assert wake.args == ("connectors.tasks.sync", {"workspace_id": world.acme.pk, "run_id": run.pk})


@pytest.mark.parametrize(
    ("news", "name", "field"), [({"score_column": "stars"}, "Survey", "score_column"), ({}, " ", "feed_name")]
)
def test_a_mapping_that_does_not_fit_is_refused_and_leaves_nothing(world, news, name, field):
    file = keep(world, FILE)
    with world.inside():
        with pytest.raises(feeds.MappingHasProblems) as refused:
            feeds.accept(file=file, mapping=ANSWERS.changed(**news), feed_name=name, by=world.ivo)
        assert [problem.field for problem in refused.value.problems] == [field]
        assert not Feed.objects.exists()


def test_a_workbook_is_refused_in_a_sentence(world):
    file = keep(world, b"PK\x03\x04 workbook")
    with world.inside(), pytest.raises(SetupProblem, match="Save the table as CSV"):
        feeds.accept(file=file, mapping=ANSWERS, feed_name="Survey", by=world.ivo)


def test_a_file_that_was_read_before_makes_no_second_feed(world):
    first = bring(world, FILE)
    again = give(world, FILE, name="Another name")
    assert again.feed_id == first.feed_id
    with world.inside():
        assert Feed.objects.count() == 1
        assert SyncRun.objects.count() == 2
