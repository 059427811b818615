"""A sponsor signs a review off: the map is published as it was read, and endorsed; or the sponsor asks for changes."""

import hashlib
import json
import re

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from governance.models import Endorsement
from governance.services import endorsements as service
from journeys.models import Map, MapVersion
from journeys.services import steps
from orgs.models import AuditEntry, Notification


@pytest.fixture
def review(keeping, world):
    """A review that Max runs on his map, which Eli sponsors; validated, and the map was never published."""
    drawn = keeping.map(owner=world.max, sponsor=world.eli)
    made = keeping.start(drawn, timezone.now())
    keeping.do(made, "update", "validate")
    return made


def seen(answer):
    return re.search(r'name="seen" value="(\w+)"', answer.content.decode()).group(1)


def change(world, drawn, name="I wait"):
    with world.inside():
        steps.add(stage=drawn.stages.get(), name=name, by=world.max)


def test_the_sponsor_publishes_and_endorses_what_was_read(keeping, world, review):
    page = keeping.get(f"maps/{review.map_id}/review/", world.eli)
    assert "Validated" in page.content.decode()
    answer = keeping.post(f"reviews/{review.pk}/sign-off/", world.eli, seen=seen(page), comment="True to life")
    assert answer.status_code == 302
    with world.inside():
        version, made = MapVersion.objects.get(), Endorsement.objects.get()
        assert (made.version_id, made.sha256, version.note) == (version.pk, version.sha256, "True to life")
        told = json.dumps(version.document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert made.sha256 == hashlib.sha256(told.encode()).hexdigest()
        assert (made.name, made.title, made.capacity) == ("Eli", "Executive", "sponsor")
        told = Notification.objects.get(kind="review.signed")
        assert (told.member_id, AuditEntry.objects.filter(action="map.endorse").count()) == (world.max.pk, 1)
    text = keeping.get(f"maps/{review.map_id}/review/", world.vi).content.decode()
    for words in ("Signed off", "Executive sponsor · Executive", "True to life", "Version 1", made.sha256[:12]):
        assert words in text
    assert "Signed off by Eli" in keeping.get(f"maps/{review.map_id}/", world.vi).content.decode()
    assert "Signed off" in keeping.get("reviews/", world.vi).content.decode()


def test_pressing_twice_signs_once(keeping, world, review):
    token = seen(keeping.get(f"maps/{review.map_id}/review/", world.eli))
    for _press in range(2):
        assert keeping.post(f"reviews/{review.pk}/sign-off/", world.eli, seen=token).status_code == 302
    with world.inside():
        assert Endorsement.objects.count() == MapVersion.objects.count() == 1
        assert Notification.objects.filter(kind="review.signed").count() == 1


def test_what_changed_since_the_sponsor_looked_is_shown_and_not_signed(keeping, world, review):
    token = seen(keeping.get(f"maps/{review.map_id}/review/", world.eli))
    change(world, review.map)
    answer = keeping.post(f"reviews/{review.pk}/sign-off/", world.eli, seen=token, comment="Mine <3")
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "The map changed since you looked" in text
    assert re.search(r"I wait.*?added", text, re.S)
    assert "Mine &lt;3" in text  # what was typed stays
    with world.inside():
        assert not Endorsement.objects.exists()
    assert keeping.post(f"reviews/{review.pk}/sign-off/", world.eli, seen=seen(answer)).status_code == 302


@pytest.mark.parametrize("token", ["", "x", "0" * 64, "a b\x00\n" * 40])
def test_nonsense_for_what_was_read_signs_nothing(keeping, world, review, token):
    answer = keeping.post(f"reviews/{review.pk}/sign-off/", world.eli, seen=token)
    assert answer.status_code == 409
    assert "no longer known" in answer.content.decode()
    with world.inside():
        assert not Endorsement.objects.exists()


def test_nobody_signs_for_the_sponsor(keeping, world, review):
    token = seen(keeping.get(f"maps/{review.map_id}/review/", world.eli))
    for member in (world.ada, world.max, world.lea, world.con, world.vi):
        for path in ("sign-off", "changes"):
            answer = keeping.post(f"reviews/{review.pk}/{path}/", member, seen=token, text="Do it")
            assert answer.status_code == 403
            assert "Only Eli" in answer.content.decode()
        assert "sign-off/" not in keeping.get(f"maps/{review.map_id}/review/", member).content.decode()
    assert keeping.post(f"reviews/{review.pk}/sign-off/", world.ann, seen=token).status_code == 404
    with world.inside():
        assert not Endorsement.objects.exists()


def test_one_who_is_sponsor_no_longer_does_not_sign(keeping, world, review):
    token = seen(keeping.get(f"maps/{review.map_id}/review/", world.eli))
    with world.inside():
        Map.objects.filter(pk=review.map_id).update(sponsor=world.lea)
    answer = keeping.post(f"reviews/{review.pk}/sign-off/", world.eli, seen=token)
    assert answer.status_code == 403
    assert "Only Lea" in answer.content.decode()


def test_without_a_sponsor_the_page_says_so_and_leads_to_naming_one(keeping, world, review):
    with world.inside():
        Map.objects.filter(pk=review.map_id).update(sponsor=None)
    text = keeping.get(f"maps/{review.map_id}/review/", world.max).content.decode()
    assert "has no sponsor" in text
    assert f'href="/w/acme/maps/{review.map_id}/details/"' in text
    assert "Name a sponsor" not in keeping.get(f"maps/{review.map_id}/review/", world.vi).content.decode()
    answer = keeping.post(f"reviews/{review.pk}/sign-off/", world.eli, seen="x")
    assert answer.status_code == 409
    assert "has no sponsor" in answer.content.decode()


def test_it_waits_until_the_review_is_validated_and_keeps_the_steps_after(keeping, world):
    drawn = keeping.map(owner=world.max, sponsor=world.eli)
    review = keeping.start(drawn, timezone.now())
    keeping.do(review, "update")
    text = keeping.get(f"maps/{drawn.pk}/review/", world.eli).content.decode()
    assert "once these steps are done: Validate" in text
    with world.inside(), pytest.raises(service.NotDone, match="Validate"):
        service.sign_off(review=review, seen="", comment="", by=world.eli, now=timezone.now())
    keeping.do(review, "validate", "share")
    keeping.sign(review)
    for step, done in (("update", True), ("share", False)):
        keeping.post(f"reviews/{review.pk}/steps/", world.max, step=step, is_done="no")
        with world.inside():
            assert review.steps.filter(step=step).exists() is done
    assert "signed this off" in keeping.get(f"maps/{drawn.pk}/review/", world.max).content.decode()


def test_a_review_that_is_closed_is_not_signed(keeping, world, review):
    keeping.close(review, timezone.now())
    answer = keeping.post(f"reviews/{review.pk}/sign-off/", world.eli, seen="x")
    assert answer.status_code == 409
    assert "This review is closed" in answer.content.decode()


def test_a_sponsor_asks_for_changes_and_the_owner_is_told(keeping, world, review):
    path = f"reviews/{review.pk}/changes/"
    assert keeping.post(path, world.eli, text="  ").status_code == 422
    answer = keeping.post(path, world.eli, text="x" * 501)
    assert (answer.status_code, "x" * 501 in answer.content.decode()) == (422, True)
    assert keeping.post(path, world.eli, text="Waiting is  missing").status_code == 302
    with world.inside():
        told = Notification.objects.get(kind="review.changes")
        assert (told.member_id, told.data["text"]) == (world.max.pk, "Waiting is missing")
    assert "Waiting is missing" in keeping.get(f"maps/{review.map_id}/review/", world.vi).content.decode()
    assert "Waiting is missing" in keeping.get("inbox/", world.max).content.decode()
    keeping.sign(review)
    assert "Waiting is missing" not in keeping.get(f"maps/{review.map_id}/review/", world.vi).content.decode()


def test_an_endorsement_is_never_rewritten(keeping, world, review):
    keeping.sign(review)
    for verb in ("update governance_endorsement set comment = 'x'", "delete from governance_endorsement"):
        with world.inside(), pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(verb)
