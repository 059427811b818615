"""A thread is resolved, opened again, given as a task and finished; its author hears the outcome."""

from datetime import date

import pytest
from django.utils import timezone

from orgs.models import AuditEntry, Comment, Member, Notification
from orgs.services import threads
from tests.orgs.comments.desk import NOW, answer


def heard(world, member):
    with world.inside():
        return list(Notification.objects.filter(member=member).order_by("pk").values_list("kind", flat=True))


def assign(world, comment, to, by=None, due_on=None):
    with world.inside():
        threads.assign(thread=comment, assignee=to, due_on=due_on, by=by or world.eli, now=NOW)


def test_the_author_hears_of_reply_resolution_and_reopening(world, comment, sign_in):
    client = sign_in(world.eli)
    client.post(f"/w/acme/comments/{comment.pk}/replies/", {"text": "Because."})
    client.post(f"/w/acme/comments/{comment.pk}/resolution/")
    client.post(f"/w/acme/comments/{comment.pk}/resolution/", {"resolved": "0"})
    assert heard(world, world.ivo) == ["comment.reply", "comment.resolved", "comment.reopened"]
    assert heard(world, world.eli) == []
    with world.inside():
        actions = set(AuditEntry.objects.filter(subject_type="comment").values_list("action", flat=True))
    assert {"comment.resolve", "comment.reopen"} <= actions


def test_resolving_twice_tells_once(world, comment):
    with world.inside():
        for _ in range(2):
            threads.resolve(thread=comment, by=world.eli, now=timezone.now())
    assert heard(world, world.ivo) == ["comment.resolved"]


def test_a_task_waits_with_its_assignee_until_it_is_finished(world, comment, sign_in):
    path = f"/w/acme/comments/{comment.pk}/"
    sent = sign_in(world.eli).post(f"{path}assignment/", {"assignee": world.max.pk, "due_on": "2026-05-08"})
    assert sent.status_code == 302
    page = f"/w/acme/touchpoints/{comment.subject_id}/"
    assert "Task of Max, due on 8 May 2026" in sign_in(world.vi).get(page).content.decode()
    assert "Finish the task" not in sign_in(world.eli).get(page).content.decode()
    client = sign_in(world.max)
    assert "gave you a task" in client.get("/w/acme/inbox/?view=to-do").content.decode()
    assert "Finish the task" in client.get(page).content.decode()
    assert client.post(f"{path}completion/").status_code == 302
    assert "gave you a task" not in client.get("/w/acme/inbox/?view=to-do").content.decode()
    assert "Max finished this task" in client.get(page).content.decode()
    assert heard(world, world.eli)[-1:] == ["comment.finished"]
    assert heard(world, world.ivo)[-1:] == ["comment.finished"]


def test_only_the_assignee_finishes_it(world, comment, sign_in):
    assign(world, comment, world.max)
    for person in (world.ada, world.eli, world.ivo):
        assert sign_in(person).post(f"/w/acme/comments/{comment.pk}/completion/").status_code == 403
    with world.inside():
        assert Comment.objects.get().finished_at is None


def test_a_task_given_to_somebody_else_leaves_the_first_ones_list(world, comment):
    assign(world, comment, world.max, due_on=date(2026, 5, 8))
    assign(world, comment, world.con)
    with world.inside():
        waits = Notification.objects.filter(kind="comment.assigned", done_at=None)
        assert [each.member for each in waits] == [world.con]
        assert Comment.objects.get().due_on is None


def test_a_reply_is_no_task(world, comment, sign_in):
    said = answer(world, comment, world.eli)
    assert sign_in(world.eli).get(f"/w/acme/comments/{said.pk}/assignment/").status_code == 404


@pytest.mark.parametrize(
    "data", [{"assignee": "nobody"}, {"assignee": "999999"}, {"due_on": "soon"}], ids=["word", "missing", "day"]
)
def test_bad_input_is_explained(world, comment, sign_in, data):
    refused = sign_in(world.eli).post(f"/w/acme/comments/{comment.pk}/assignment/", data)
    assert refused.status_code == 422
    assert "field-error" in refused.content.decode()


def test_who_has_left_gets_no_task(world, comment):
    with world.inside():
        Member.objects.filter(pk=world.max.pk).update(left_at=timezone.now())
        world.max.refresh_from_db()
        with pytest.raises(threads.HasLeft, match="no longer in this workspace"):
            threads.assign(thread=comment, assignee=world.max, due_on=None, by=world.eli, now=NOW)
