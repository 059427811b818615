"""A finding that stands twice is merged into the one that stays: places, comments, history and links follow."""

from datetime import UTC, datetime

import pytest

from journeys.models import Finding, FindingPlacement
from journeys.services import finding_placements, findings, merging
from orgs.models import AuditEntry, Comment
from orgs.services import comments
from tests.journeys.touchpoint_page.conftest import signed_in

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)


@pytest.fixture
def merge(world):
    def _merge(stays, goes, versions=None, by=None, **kept):
        with world.inside():
            rows = Finding.objects.in_bulk([stays.pk, goes.pk])
            seen = versions or (rows[stays.pk].version, rows[goes.pk].version)
            return merging.merge(stays=stays, goes=goes, versions=seen, kept=kept, by=by or world.ada, now=NOW)

    return _merge


def test_places_comments_history_and_links_follow(world, desk, make, put, placed, merge):
    stays, goes = make("Queue"), make("Waiting", description="Half an hour")
    first, second = desk.first_step("Buy"), desk.first_step("Use")
    for finding, step in ((stays, first), (goes, first), (goes, second)):
        put(finding, step)
    with world.inside():
        said = comments.write(about=goes, text="Worse on Mondays", by=world.lea, now=NOW)
    merge(stays, goes, description="goes")
    assert (placed(first), placed(second)) == (["Queue"], ["Queue"])
    with world.inside():
        kept, gone = Finding.objects.get(pk=stays.pk), Finding.objects.get(pk=goes.pk)
        assert (kept.description, gone.merged_into_id, gone.archived_at) == ("Half an hour", stays.pk, NOW)
        assert Comment.objects.get(pk=said.pk).subject_id == stays.pk
    client, url = signed_in(world.vi), f"/w/acme/findings/{stays.pk}/"
    assert client.get(f"/w/acme/findings/{goes.pk}/")["Location"] == url
    page = client.get(url).content.decode()
    assert "Worse on Mondays" in page
    assert "in “Waiting”, merged into this one" in page
    assert "merged “Waiting” into this one" in page


def test_its_old_name_means_the_one_that_stayed_until_another_takes_it(world, make, merge):
    stays, goes = make("Queue"), make("Waiting")
    merge(stays, goes)
    with world.inside():
        assert findings.find_or_create(kind="pain", name="waiting", by=world.ada) == (stays, False)
        assert findings.find_or_create(kind="gain", name="waiting", by=world.ada)[1]
        anew = findings.create(kind="pain", values={"name": "Waiting"}, by=world.ada)
        assert findings.find_or_create(kind="pain", name="waiting", by=world.ada) == (anew, False)


def test_who_placed_it_before_places_the_one_that_stayed(world, desk, make, put, placed, merge):
    first, second, third = make("A"), make("B"), make("C")
    merge(second, first)
    merge(third, second)
    with world.inside():
        gone = Finding.objects.get(pk=first.pk)
        assert gone.merged_into_id == third.pk
        finding_placements.place(step=desk.first_step("Buy"), finding=gone, by=world.ada)
        with pytest.raises(findings.FindingIsMerged):
            findings.restore(finding=gone, by=world.ada)
        with pytest.raises(findings.FindingIsMerged):
            findings.edit(finding=gone, version=2, changes={"source": "x"}, by=world.ada)
    assert placed(desk.first_step("Buy")) == ["C"]


def test_a_deleted_step_comes_back_with_the_one_that_stayed(world, desk, make, put, merge):
    stays, goes = make("Queue"), make("Waiting")
    step = desk.add_step("Buy", "I pay")
    put(goes, step)
    desk.post("step_deletion", step, version=desk.version)
    merge(stays, goes)
    with world.inside():
        entry = AuditEntry.objects.get(action="step.delete")
    desk.post("outline_undo", entry=entry.pk)
    with world.inside():
        assert set(FindingPlacement.objects.values_list("finding__name", flat=True)) == {"Queue"}


@pytest.mark.parametrize("of", ["itself", "another kind", "the archive", "yesterday", "unproven"])
def test_what_cannot_be_merged_is_refused_and_changes_nothing(of, world, make, merge):
    stays = make("Queue")
    goes = {"itself": stays}.get(of) or make("Waiting", "gain" if of == "another kind" else "pain", source="A study")
    if of == "the archive":
        with world.inside():
            findings.archive(finding=goes, version=1, by=world.ada, now=NOW)
    if of == "unproven":
        with world.inside():
            findings.edit(finding=goes, version=1, changes={"evidence": "validated"}, by=world.ada)
    kept = {"evidence": "goes", "source": "stays"} if of == "unproven" else {}
    with pytest.raises((merging.CannotMerge, merging.changing.BadValues)):
        merge(stays, goes, versions=(1, 9) if of == "yesterday" else None, **kept)
    with world.inside():
        assert Finding.objects.get(pk=stays.pk).version == 1
        assert Finding.objects.get(pk=goes.pk).merged_into_id is None


def test_the_pages_lead_from_choosing_to_merging(world, make):
    stays, goes = make("Queue at the counter", "need", importance="9"), make("Counter queues", "need", importance="4")
    make("The queue at the counter")  # a pain
    client, url = signed_in(world.max), f"/w/acme/findings/{stays.pk}/merge/"
    page = client.get(url).content.decode()
    assert page.count('name="other"') == 1
    assert "Counter queues" in page
    text = client.get(f"{url}?other={goes.pk}").content.decode()
    assert "keep-importance" in text
    data = {"other": goes.pk, "stays_version": 1, "goes_version": 1, "keep-importance": "goes"}
    assert client.post(url, {**data, "goes_version": 7}).status_code == 409
    assert client.post(url, data)["Location"] == f"/w/acme/findings/{stays.pk}/"
    with world.inside():
        assert Finding.objects.get(pk=stays.pk).importance == 4
    assert "Counter queues" not in client.get("/w/acme/findings.csv?archived=yes").content.decode()


def test_whoever_only_reads_merges_nothing_and_outsiders_find_nothing(world, make):
    finding = make("Queue")
    assert signed_in(world.vi).get(f"/w/acme/findings/{finding.pk}/merge/").status_code == 403
    answer = signed_in(world.ann).get(f"/w/acme/findings/{finding.pk}/merge/")
    assert answer.status_code == 404
