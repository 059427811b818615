"""Everybody but viewers comments; the author edits and deletes; nothing that was typed is lost."""

import pytest

from orgs.models import AuditEntry, Comment
from tests.orgs.comments.desk import answer, owned_kpi, say
from tests.world import CANARY, lay_out


def held(world, comment):
    with world.inside():
        return Comment.objects.get(pk=comment.pk)


def test_a_comment_stands_on_the_touchpoint_and_its_own_address_leads_there(world, touchpoint, sign_in):
    client = sign_in(world.ivo)
    sent = client.post(f"/w/acme/touchpoints/{touchpoint.pk}/comments/", {"text": "Slow <b>again</b>"})
    with world.inside():
        comment = Comment.objects.get()
        assert AuditEntry.objects.get(action="comment.write").after["text"] == "Slow <b>again</b>"
    place = f"/w/acme/touchpoints/{touchpoint.pk}/?c={comment.pk}#c-{comment.pk}"
    assert (sent.status_code, sent["Location"]) == (302, place)
    assert client.get(f"/w/acme/comments/{comment.pk}/")["Location"] == place
    page = sign_in(world.vi).get(place).content.decode()
    assert f'id="c-{comment.pk}"' in page
    assert "Slow &lt;b&gt;again&lt;/b&gt;" in page


def test_maps_and_kpis_are_commented_on_too(world, touchpoint, sign_in):
    with world.inside():
        drawn = lay_out("A call", [touchpoint], world.ada)
    kpi = owned_kpi(world)
    for noun, record, page in (
        ("maps", drawn, f"/w/acme/maps/{drawn.pk}/"),
        ("kpis", kpi, f"/w/acme/touchpoints/{kpi.touchpoint_id}/"),
    ):
        path = f"/w/acme/{noun}/{record.pk}/comments/"
        assert sign_in(world.eli).post(path, {"text": f"About {noun}"}).status_code == 302
        assert f"About {noun}" in sign_in(world.vi).get(path).content.decode()
        shown = sign_in(world.vi).get(page).content.decode()
        assert f'href="{path}' in shown  # that of a map opens in its drawer
        assert "1 comment" in shown


def test_a_reply_stands_in_its_thread(world, comment, sign_in):
    path = f"/w/acme/comments/{comment.pk}/replies/"
    fragment = sign_in(world.eli).post(path, {"text": "I see."}, headers={"HX-Request": "true"})
    text = fragment.content.decode()
    assert fragment.status_code == 200
    assert text.index("Why is this so?") < text.index("I see.")
    assert text.lstrip().startswith(f'<li class="comment-thread" id="thread-{comment.pk}"')


def test_the_author_edits_and_everybody_sees_that_it_was_edited(world, comment, sign_in):
    path = f"/w/acme/comments/{comment.pk}/text/"
    assert sign_in(world.ivo).post(path, {"text": "Why is it so slow?", "version": 1}).status_code == 302
    page = sign_in(world.vi).get(f"/w/acme/touchpoints/{comment.subject_id}/").content.decode()
    assert "Why is it so slow?" in page
    assert "edited" in page
    with world.inside():
        entry = AuditEntry.objects.get(action="comment.edit")
    assert (entry.before["text"], entry.after["text"]) == ("Why is this so?", "Why is it so slow?")


def test_a_stale_edit_is_refused_with_both_texts_and_can_be_repeated(world, comment, sign_in):
    client, path = sign_in(world.ivo), f"/w/acme/comments/{comment.pk}/text/"
    client.post(path, {"text": "Saved in another tab", "version": 1})
    refused = client.post(path, {"text": "Typed in this tab", "version": 1})
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "Saved in another tab" in page
    assert "Typed in this tab" in page
    assert held(world, comment).text == "Saved in another tab"
    assert 'name="version" value="2"' in page
    assert client.post(path, {"text": "Typed in this tab", "version": 2}).status_code == 302
    assert held(world, comment).text == "Typed in this tab"


def test_a_deleted_comment_leaves_that_there_was_one_and_keeps_its_replies(world, comment, sign_in):
    answer(world, comment, world.eli, "Still here")
    assert sign_in(world.ivo).post(f"/w/acme/comments/{comment.pk}/deletion/").status_code == 302
    page = sign_in(world.vi).get(f"/w/acme/touchpoints/{comment.subject_id}/").content.decode()
    assert "This comment was deleted." in page
    assert "Why is this so?" not in page
    assert "Still here" in page
    again = sign_in(world.ivo).post(f"/w/acme/comments/{comment.pk}/text/", {"text": "Back", "version": 1})
    assert again.status_code == 422
    assert "This comment was deleted." in again.content.decode()


@pytest.mark.parametrize("what", ["text", "deletion"])
def test_others_neither_edit_nor_delete_it(world, comment, sign_in, what):
    for person in (world.ada, world.lea):
        answer = sign_in(person).post(f"/w/acme/comments/{comment.pk}/{what}/", {"text": "Mine", "version": 1})
        assert answer.status_code == 403
    assert held(world, comment).text == "Why is this so?"


def test_a_viewer_reads_and_is_offered_nothing(world, comment, touchpoint, sign_in):
    client = sign_in(world.vi)
    text = client.get(f"/w/acme/touchpoints/{touchpoint.pk}/").content.decode()
    section = text[text.index('id="comments"') :].partition("</section>")[0]
    assert "Why is this so?" in section
    assert "<form" not in section
    for path in (f"touchpoints/{touchpoint.pk}/comments/", f"comments/{comment.pk}/replies/"):
        assert client.post(f"/w/acme/{path}", {"text": "No"}).status_code == 403


def test_an_outsider_sees_nothing(world, comment, sign_in):
    for slug in ("acme", "umbra"):
        assert sign_in(world.ann).get(f"/w/{slug}/comments/{comment.pk}/").status_code == 404
    assert CANARY not in sign_in(world.vi).get(f"/w/acme/touchpoints/{comment.subject_id}/").content.decode()


@pytest.mark.parametrize(
    ("text", "words"), [("  ", "Write something first."), ("x" * 5001, "This is too long.")], ids=["empty", "long"]
)
def test_bad_input_is_explained_and_kept(world, touchpoint, sign_in, text, words):
    path = f"/w/acme/touchpoints/{touchpoint.pk}/comments/"
    for headers in ({}, {"HX-Request": "true"}):
        refused = sign_in(world.ivo).post(path, {"text": text}, headers=headers)
        assert refused.status_code == 422
        assert words in refused.content.decode()
        assert text.strip() in refused.content.decode()


def test_what_was_resolved_is_hidden_until_it_is_asked_for(world, comment, touchpoint, sign_in):
    say(world, touchpoint, world.eli, "Another thing")
    client, page = sign_in(world.eli), f"/w/acme/touchpoints/{touchpoint.pk}/"
    client.post(f"/w/acme/comments/{comment.pk}/resolution/")
    text = client.get(page).content.decode()
    assert "Why is this so?" not in text
    assert "Another thing" in text
    assert "Show 1 resolved thread" in text
    for path in (f"{page}?c={comment.pk}", f"/w/acme/touchpoints/{touchpoint.pk}/comments/?resolved=1"):
        assert "Why is this so?" in client.get(path).content.decode()
    client.post(f"/w/acme/comments/{comment.pk}/resolution/", {"resolved": "0"})
    assert "Why is this so?" in client.get(page).content.decode()
