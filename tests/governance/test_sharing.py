"""People are told of a version, each once and with why; they say that they have read it, and are reminded once."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from governance.models import Acknowledgement, Addressee
from governance.queries import audiences
from governance.services import endorsements as endorsing
from governance.services import sharing
from journeys.models import MapVersion
from journeys.queries import maps
from journeys.services import finding_placements, findings, steps, versions
from orgs.models import AuditEntry, Member, Notification


@pytest.fixture
def review(keeping, world):
    """A review of a map that Eli signed off; Service answers for its one touchpoint, and Ivo owns a pain on it."""
    drawn = keeping.map(owner=world.max, sponsor=world.eli, placed=[keeping.touchpoint("Desk")])
    made = keeping.start(drawn, timezone.now())
    keeping.do(made, "update", "validate")
    with world.inside():
        pain = findings.create(kind="pain", values={"name": "It takes long", "owner": world.ivo}, by=world.max)
        finding_placements.place(step=drawn.stages.get().steps.get(), finding=pain, by=world.max)
        endorsing.ask_second(drawn=drawn, member=world.ada, by=world.max)
    keeping.sign(made)
    return made


@pytest.fixture
def version(world, review):
    with world.inside():
        return MapVersion.objects.get()


def share(keeping, review, by, **ticked):
    return keeping.post(f"maps/{review.map_id}/sharing/", by, **({"text": "Have a look"} | ticked))


def told(world):
    with world.inside():
        return {str(each.member) for each in Addressee.objects.select_related("member__user")}


def test_it_is_known_who_needs_a_map_and_why(world, review):
    with world.inside():
        found = audiences.of(maps.one().get(pk=review.map_id))
        whys = {str(found.members[pk]): audiences.reasons(why) for pk, why in found.whys.items()}
    assert whys == {
        "Max": ["owner"],
        "Eli": ["executive sponsor"],
        "Ada Admin": ["second endorser"],
        "Ivo": ["owner of 1 finding"],
        "Lea": ["Service: 1 touchpoint"],
        "Con": ["Service: 1 touchpoint"],
    }


def test_those_who_need_it_are_told_once_each_and_say_that_they_read_it(keeping, world, review, version):
    page = keeping.get(f"maps/{review.map_id}/sharing/", world.max).content.decode()
    assert "Version 1 of “Move in” is the first one." in page
    assert page.count("checked") == 2  # who keeps it, and Service
    assert share(keeping, review, world.max, keepers="yes", group=world.service.pk).status_code == 302
    assert told(world) == {"Ada Admin", "Eli", "Ivo", "Lea", "Con"}  # not Max, who told it
    assert "Choose somebody" in share(keeping, review, world.eli, group=world.service.pk).content.decode()
    with world.inside():
        assert Notification.objects.filter(kind="version.shared").count() == 5
        assert review.steps.filter(step="share").exists()
    text = keeping.get("inbox/", world.con).content.decode()
    assert "Your department Service owns 1 touchpoint on it" in text
    readers = f"map-versions/{version.pk}/readers/"
    assert "You own 1 finding on it" in keeping.get(readers, world.ivo).content.decode()
    for _press in range(2):
        assert keeping.post(f"map-versions/{version.pk}/acknowledgement/", world.con).status_code == 302
    with world.inside():
        assert Acknowledgement.objects.get().member_id == world.con.pk
        assert AuditEntry.objects.filter(action="map.acknowledge").count() == 1
        assert Notification.objects.get(kind="version.shared", member=world.con).done_at
    for page in (readers, f"maps/{review.map_id}/", f"maps/{review.map_id}/review/"):
        assert "Read by 1 of 5" in keeping.get(page, world.vi).content.decode()
    assert "You have read it" in keeping.get(readers, world.con).content.decode()


def test_whoever_left_does_not_count(keeping, world, review, version):
    share(keeping, review, world.max, person=[world.con.pk, world.vi.pk])
    keeping.post(f"map-versions/{version.pk}/acknowledgement/", world.vi)
    with world.inside():
        Member.objects.filter(pk=world.con.pk).update(left_at=timezone.now())
    for page in (f"map-versions/{version.pk}/readers/", f"maps/{review.map_id}/"):
        assert "Read by 1 of 1" in keeping.get(page, world.max).content.decode()
    with world.inside():
        assert sharing.remind(version=version, by=world.max, now=timezone.now()) == 0


def test_who_has_not_read_it_is_reminded_once(keeping, world, review, version):
    share(keeping, review, world.max, person=[world.con.pk, world.vi.pk])
    keeping.post(f"map-versions/{version.pk}/acknowledgement/", world.vi)
    address = f"map-versions/{version.pk}/reminder/"
    assert keeping.post(address, world.con).status_code == 403
    assert keeping.post(address, world.ann).status_code == 404
    for _press in range(2):
        assert keeping.post(address, world.max).status_code == 302
    with world.inside():
        assert [each.member_id for each in Notification.objects.filter(kind="version.reminder")] == [world.con.pk]
    text = keeping.get(f"map-versions/{version.pk}/readers/", world.max).content.decode()
    assert "not yet, reminded" in text
    assert "Remind those" not in text


def test_a_further_version_says_what_changed_since_the_one_before(keeping, world, review, version):
    share(keeping, review, world.max, everybody="yes")
    assert len(told(world)) == 6
    with world.inside():
        steps.add(stage=review.map.stages.get(), name="I wait", by=world.max)
        versions.publish(drawn=review.map, note="", is_major=False, by=world.max, now=timezone.now())
    page = keeping.get(f"maps/{review.map_id}/sharing/", world.max).content.decode()
    assert "1 change since version 1:" in page
    assert "I wait: Step added" in page
    assert "Nobody was told of version 2 yet" in keeping.get(f"maps/{review.map_id}/review/", world.vi).content.decode()


def test_only_those_who_run_the_review_share_and_only_who_was_told_acknowledges(keeping, world, review, version):
    for member in (world.lea, world.con, world.vi, world.ivo):
        assert keeping.get(f"maps/{review.map_id}/sharing/", member).status_code == 403
        assert share(keeping, review, member, everybody="yes").status_code == 403
        answer = keeping.post(f"map-versions/{version.pk}/acknowledgement/", member)
        assert answer.status_code == 403
        assert "You were not told" in answer.content.decode()
        assert ">Read<" not in keeping.get(f"map-versions/{version.pk}/readers/", member).content.decode()
    for path in ("readers", "acknowledgement"):
        ask = keeping.get if path == "readers" else keeping.post
        assert ask(f"map-versions/{version.pk}/{path}/", world.ann).status_code == 404
    assert told(world) == set()


def test_bad_input_is_explained_and_kept(keeping, world, review):
    for ticked in ({"text": " "}, {"text": "x" * 2001, "everybody": "yes"}):
        answer = share(keeping, review, world.max, **ticked)
        assert answer.status_code == 422
        assert "Say what is new" in answer.content.decode()
    odd = {"group": ["", "x", "99999999999999999999"], "person": [world.ann.pk, "-1"], "text": "Mine <3"}
    answer = share(keeping, review, world.max, **odd)
    assert answer.status_code == 422
    assert "Choose somebody" in answer.content.decode()
    assert "Mine &lt;3" in answer.content.decode()
    assert told(world) == set()


def test_a_map_that_was_never_published_cannot_be_shared_yet(keeping, world):
    drawn = keeping.map(owner=world.max)
    page = f"maps/{drawn.pk}/sharing/"
    for answer in (keeping.get(page, world.max), keeping.post(page, world.max, text="x", everybody="yes")):
        assert "Nothing is published yet" in answer.content.decode()


def test_what_was_said_and_read_is_never_rewritten(keeping, world, review, version):
    share(keeping, review, world.max, person=world.con.pk)
    keeping.post(f"map-versions/{version.pk}/acknowledgement/", world.con)
    for table in ("governance_changenote", "governance_acknowledgement"):
        for verb in (f"update {table} set at = now()", f"delete from {table}"):
            with world.inside(), pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(verb)


def test_queries_do_not_grow_per_reader(keeping, world, review, version):
    share(keeping, review, world.max, person=world.con.pk)

    def asked():
        pages = (f"map-versions/{version.pk}/readers/", f"maps/{review.map_id}/sharing/", "inbox/")
        with CaptureQueriesContext(connection) as queries:
            for page in pages:
                keeping.get(page, world.max)
        return len(queries)

    asked()
    few = asked()
    share(keeping, review, world.max, everybody="yes")
    assert asked() == few
