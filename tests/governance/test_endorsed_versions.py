"""What a sign-off is worth later: minor versions keep it, a major one does not. Second endorsers; what changed."""

import pytest
from django.utils import timezone

from governance.models import Endorsement
from governance.queries import endorsements
from governance.services import endorsements as service
from journeys.models import Map, MapVersion
from journeys.queries import documents, maps, marks
from journeys.services import steps, versions
from orgs.models import Notification


@pytest.fixture
def review(keeping, world):
    """A review of a map that Eli has signed off, as version 1."""
    made = keeping.start(keeping.map(owner=world.max, sponsor=world.eli), timezone.now())
    keeping.do(made, "update", "validate")
    keeping.sign(made)
    return made


def change(world, review, name="I wait"):
    with world.inside():
        steps.add(stage=review.map.stages.get(), name=name, by=world.max)


def publish(world, review, *, is_major):
    with world.inside():
        versions.publish(drawn=review.map, note="", is_major=is_major, by=world.max, now=timezone.now())


def text(keeping, review, member, page="review/"):
    return keeping.get(f"maps/{review.map_id}/{page}", member).content.decode()


def test_a_minor_version_keeps_it_and_shows_the_difference(keeping, world, review):
    change(world, review)
    for page in ("", "review/"):
        assert "Changed since sign-off" in text(keeping, review, world.vi, page)
    change(world, review, "I call")
    publish(world, review, is_major=False)
    shown = text(keeping, review, world.vi)
    assert "Minor change published since: 2 changes" in shown
    assert f"/w/acme/maps/{review.map_id}/comparison/?from=1&amp;to=2" in shown
    assert "not signed off" not in shown


def test_a_major_version_without_a_sign_off_no_longer_carries_it(keeping, world, review):
    change(world, review)
    publish(world, review, is_major=True)
    change(world, review, "I call")
    publish(world, review, is_major=False)
    assert "Version 3 is not signed off" in text(keeping, review, world.vi)
    assert "a major change came after it" in text(keeping, review, world.vi, "")
    keeping.sign(review)
    shown = text(keeping, review, world.vi)
    assert "not signed off" not in shown
    assert "Changed since" not in shown
    with world.inside():  # nothing had changed since the newest version, so that one is endorsed
        assert MapVersion.objects.count() == 3
        assert [each.version.number for each in Endorsement.objects.all()] == [3, 1]


def test_an_edit_that_is_taken_back_is_no_change(keeping, world, review):
    with world.inside():
        step = steps.add(stage=review.map.stages.get(), name="I wait", by=world.max)
        assert signed(review).has_changed
        step.delete()
        assert not signed(review).has_changed


def signed(review):
    return endorsements.signed(maps.to_draw().get(pk=review.map_id))


def test_whatever_changes_the_document_changes_the_mark(world):
    """Of the planted map, which has a row of every kind."""
    drawn = world.fill_acme()["map"]

    def told():
        found = maps.one().annotate(mark=marks.mark()).get(pk=drawn.pk)
        return documents.sha256(documents.document(found)), found.mark

    with world.inside():
        lane, stage = drawn.lanes.first(), drawn.stages.get()
        step = stage.steps.get(placements__isnull=False)
        rows = [
            (drawn, {"title": "Other"}),
            (drawn, {"scenario": "Other"}),
            (drawn, {"sponsor": world.eli}),
            (lane, {"name": "Other"}),
            (lane, {"is_pinned": not lane.is_pinned}),
            (stage, {"name": "Other"}),
            (step, {"name": "Other"}),
            (step, {"evidence": "reasoned"}),
            (step.placements.get().touchpoint, {"name": "Other"}),
            (step.finding_placements.get().finding, {"name": "Other"}),
            (step.cells.exclude(text="").first(), {"text": "Other"}),
            (step.paths_out.get(), {"label": "Other"}),
        ]
        for row, news in rows:
            before = told()
            type(row).objects.filter(pk=row.pk).update(**news)
            assert all(was != now for was, now in zip(before, told(), strict=True)), news
        for kept in (step.paths_out, step.placements, step.finding_placements, step.cells, drawn.persona_links):
            before = told()
            kept.all().delete()
            assert all(was != now for was, now in zip(before, told(), strict=True)), kept


def test_a_second_endorser_is_asked_and_endorses_the_same_version(keeping, world, review):
    page = f"maps/{review.map_id}/second-endorser/"
    for member in (world.lea, world.vi, world.con):
        assert keeping.post(page, member, member=world.ivo.pk).status_code == 403
    assert keeping.get(page, world.ann).status_code == 404
    assert "sponsors the map already" in keeping.post(page, world.max, member=world.eli.pk).content.decode()
    assert keeping.post(page, world.max, member=world.ann.pk).status_code == 422
    assert keeping.post(page, world.max, member=world.ivo.pk).status_code == 302
    with world.inside():
        version = MapVersion.objects.get()
        assert Notification.objects.get(kind="endorsement.asked").member_id == world.ivo.pk
    assert "Endorse it" in text(keeping, review, world.ivo)
    assert "Endorse it" not in text(keeping, review, world.ada)
    address = f"map-versions/{version.pk}/endorsement/"
    for member in (world.ada, world.max, world.eli, world.vi):
        assert keeping.post(address, member).status_code == 403
    assert keeping.post(address, world.ann).status_code == 404
    for _press in range(2):
        assert keeping.post(address, world.ivo, comment="Feasible").status_code == 302
    with world.inside():
        made = Endorsement.objects.get(by=world.ivo)
        assert (made.version_id, made.capacity, made.title) == (version.pk, "second", "Integrator")
        assert Notification.objects.get(kind="endorsement.asked").done_at
    shown = text(keeping, review, world.vi)
    assert "Second endorser · Integrator" in shown
    assert "Feasible" in shown


def test_a_version_that_is_no_longer_the_one_signed_off_is_not_endorsed(keeping, world, review):
    with world.inside():
        service.ask_second(drawn=review.map, member=world.ivo, by=world.max)
        first = MapVersion.objects.get()
    change(world, review)
    keeping.sign(review)
    answer = keeping.post(f"map-versions/{first.pk}/endorsement/", world.ivo)
    assert answer.status_code == 403
    assert "Another version was signed off meanwhile" in answer.content.decode()
    with world.inside():  # asked anew, for the other version
        assert Notification.objects.filter(kind="endorsement.asked", member=world.ivo).count() == 2
        service.ask_second(drawn=review.map, member=None, by=world.max)
        with pytest.raises(service.NothingToEndorse):
            service.endorse(version=MapVersion.objects.first(), comment="", by=world.ivo, now=timezone.now())


def test_a_new_review_of_an_unchanged_map_is_signed_again(keeping, world, review):
    keeping.close(review, timezone.now())
    again = keeping.start(Map(pk=review.map_id), timezone.now())
    keeping.do(again, "update", "validate")
    keeping.sign(again)
    with world.inside():
        assert MapVersion.objects.count() == 1
        assert [each.review_id for each in Endorsement.objects.all()] == [again.pk, review.pk]
