"""The inbox: unread first, filtered, marked one and all; only the own, and only about what one may still read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orgs.models import Notification
from orgs.queries import inbox, memberships
from orgs.scope import scope
from orgs.services import comments, threads
from tests.orgs.comments.desk import NOW, SECRET, owned_touchpoint, say
from tests.world import CANARY


@pytest.fixture
def touchpoint(world):
    return owned_touchpoint(world)


@pytest.fixture
def comment(world, touchpoint):
    return say(world, touchpoint, world.ivo, "Do you know, @Eli?")


def text(client, path="/w/acme/inbox/"):
    return client.get(path).content.decode()


def own(world, member=None):
    with world.inside():
        return Notification.objects.filter(member=member or world.eli).order_by("-pk").first()


def test_it_says_who_did_what_where_with_the_words(world, comment, sign_in):
    shown = text(sign_in(world.eli))
    assert "Ivo mentioned you on Call us" in shown
    assert "Do you know, @Eli?" in shown
    assert 'class="badge">1<' in shown
    assert "Ivo mentioned you" not in text(sign_in(world.max))


def test_opening_one_leads_to_the_place_and_marks_it_read(world, comment, sign_in):
    client = sign_in(world.eli)
    answer = client.get(f"/w/acme/inbox/{own(world).pk}/", follow=True)
    assert answer.redirect_chain[-1][0] == f"/w/acme/touchpoints/{comment.subject_id}/?c={comment.pk}#c-{comment.pk}"
    assert own(world).seen_at
    assert 'class="badge"' not in text(client).partition("</header>")[0]


def test_unread_ones_stand_first(world, comment, touchpoint, sign_in):
    for number in range(3):
        say(world, touchpoint, world.ivo, f"@Eli number {number}")
    client = sign_in(world.eli)
    client.get(f"/w/acme/inbox/{own(world).pk}/")
    shown = text(client)
    assert shown.index("number 1") < shown.index("Do you know") < shown.index("number 2")


def test_one_is_marked_done_and_taken_back(world, comment, sign_in):
    client, path = sign_in(world.eli), f"/w/acme/inbox/{own(world).pk}/"
    fragment = client.post(path, {"mark": "done"}, headers={"HX-Request": "true"}).content.decode()
    assert "Nothing waits for you" in fragment
    assert "<html" not in fragment
    assert "mentioned you" in text(client, "/w/acme/inbox/?view=done")
    client.post(f"{path}?view=done", {"mark": "unseen"})
    assert (own(world).seen_at, own(world).done_at) == (None, None)
    assert client.post(path, {"mark": "nonsense"}).status_code == 302
    assert own(world).seen_at is None


def test_all_of_a_view_are_marked_and_nothing_of_others(world, comment, touchpoint, sign_in):
    with world.inside():
        threads.assign(thread=comment, assignee=world.eli, due_on=None, by=world.ivo, now=NOW)
    say(world, touchpoint, world.ivo, "@Max")
    client = sign_in(world.eli)
    client.post("/w/acme/inbox/marks/?view=to-do", {"mark": "done"})
    with world.inside():
        done = Notification.objects.filter(done_at__isnull=False)
        assert [(each.member, each.kind) for each in done] == [(world.eli, "comment.assigned")]
    client.post("/w/acme/inbox/marks/", {"mark": "seen"})
    assert own(world).seen_at
    assert own(world, world.max).seen_at is None


def test_views_show_tasks_and_mentions_apart(world, comment, sign_in):
    with world.inside():
        threads.assign(thread=comment, assignee=world.eli, due_on=None, by=world.ivo, now=NOW)
    client = sign_in(world.eli)
    tasks, mentions = text(client, "/w/acme/inbox/?view=to-do"), text(client, "/w/acme/inbox/?view=mentions")
    assert "gave you a task" in tasks
    assert "mentioned you" not in tasks
    assert "gave you a task" not in mentions
    assert "mentioned you" in mentions
    assert "Nothing is done yet" in text(client, "/w/acme/inbox/?view=done")


def test_it_disappears_with_the_right_to_read_the_thing(world, touchpoint, comment, sign_in):
    private = say(world, touchpoint, world.ivo, SECRET, is_private=True)
    assert SECRET in text(sign_in(world.lea))
    with world.inside():
        private.people.filter(member=world.lea).delete()
        comments.delete(comment=comment, by=world.ivo, now=NOW)
        assert inbox.unseen_count(world.eli) == 0
        assert inbox.unseen_count(world.lea) == 0
    assert SECRET not in text(sign_in(world.lea))
    assert sign_in(world.lea).get(f"/w/acme/inbox/{own(world, world.lea).pk}/").status_code == 404
    assert "mentioned you" not in text(sign_in(world.eli))


def test_nobody_reads_anothers(world, comment, sign_in):
    pk = own(world).pk
    for person in (world.ada, world.max):
        assert sign_in(person).get(f"/w/acme/inbox/{pk}/").status_code == 404
        assert sign_in(person).post(f"/w/acme/inbox/{pk}/", {"mark": "done"}).status_code == 404
    assert sign_in(world.ann).get("/w/acme/inbox/").status_code == 404
    assert sign_in(world.ann).get(f"/w/umbra/inbox/{pk}/").status_code == 404
    assert CANARY not in text(sign_in(world.eli))


def test_queries_do_not_grow_with_the_list_and_pages_hold_25(world, comment, touchpoint, sign_in):
    client = sign_in(world.eli)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            text(client)
        return len(seen)

    queries()
    few = queries()
    for number in range(60):
        say(world, touchpoint, world.ivo, f"@Eli number {number}")
    assert queries() == few
    assert "1–25 of 61" in text(client)
    assert text(client, "/w/acme/inbox/?page=3").count('class="inbox-entry"') == 11


def test_the_number_in_the_frame_is_one_query_and_none_where_nothing_waits(world, comment, django_assert_num_queries):
    for person, queries in ((world.eli, 1), (world.max, 0)):
        with world.inside(), scope(None, user_id=person.user_id):
            [came] = memberships.with_roles(person.user_id)  # as the middleware does
        with world.inside(), django_assert_num_queries(queries):
            assert inbox.unseen_count(came) == queries


def test_at_the_door_nobody_learns_what_waits_for_another(world, comment):
    asked = "select orgs_waiting_kinds(%s)"
    for person, kinds in ((world.eli, ["comment.mention"]), (world.ivo, []), (world.ann, [])):
        with scope(None, user_id=person.user_id), connection.cursor() as cursor:
            cursor.execute(asked, [world.eli.pk])
            assert cursor.fetchone()[0] == kinds
    with world.inside(), connection.cursor() as cursor:
        cursor.execute(asked, [world.eli.pk])
        assert cursor.fetchone()[0] == []
