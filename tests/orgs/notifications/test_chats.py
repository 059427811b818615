"""What goes to Slack and Teams: each occasion once, only what everybody may read, and through every failure."""

import json
import os
import re
import signal
from datetime import timedelta
from multiprocessing import get_context

import pytest
from django.conf import settings as real_settings
from django.db import connection
from django.utils import timezone

from cxhub.lib.http import Rules
from orgs.models import AuditEntry, Chat, ChatPost, Notification
from orgs.pipelines import chat_words, chats
from orgs.services import chats as services
from orgs.services import comments
from tests.orgs.comments.desk import NOW, SECRET, answer, owned_touchpoint, say
from tests.outside import answer as http_answer
from tests.outside import outside

PATH = "/w/acme/settings/chats/"
KINDS = ["comment.new", "comment.reply"]


class Room:
    """A chat service on this machine. `says` is a status line, with headers."""

    def __init__(self):
        self.says, self.headers = "200 OK", {}

    def __call__(self, _request):
        return http_answer(b"ok", self.says, **self.headers)


@pytest.fixture
def room(settings):
    settings.OUTBOUND = Rules.of(allow=["127.0.0.1/32"])
    settings.BASE_URL = "https://cx.acme.example"
    room = Room()
    with outside(room) as room.server:
        yield room


def add(world, room, service="slack", name="Service", kinds=KINDS):
    with world.inside():
        url = f"{room.server.url}/services/T0/very-secret"
        return services.add(name=name, service=service, url=url, kinds=kinds, by=world.ada)


def send(world, minutes=1):
    return chats.send(workspace_id=world.acme.pk, now=timezone.now() + timedelta(minutes=minutes))


def bodies(room):
    return [json.loads(request.partition("\r\n\r\n")[2].encode("latin-1")) for request in room.server.requests]


def test_one_message_an_occasion_not_one_a_member_and_only_of_chosen_kinds(world, room):
    add(world, room)
    add(world, room, name="Elsewhere", kinds=["dispute.opened"])
    touchpoint = owned_touchpoint(world)
    comment = say(world, touchpoint, world.ivo, "See <!here> & @channel, @Eli @Max")
    answer(world, comment, world.max, "Because")
    assert send(world) == 2
    assert send(world) == 0
    first, second = bodies(room)
    assert first["text"] == "Ivo commented on Call us"
    assert second["text"] == "Max replied on Call us"
    assert f"https://cx.acme.example/w/acme/comments/{comment.pk}/" in json.dumps(first)


@pytest.mark.parametrize("service", ["slack", "teams"])
def test_nothing_in_a_name_or_comment_calls_anybody_or_becomes_markup(service):
    hostile = "<!here> <@U1> @channel @Everyone [x](https://evil.test) *b* <https://evil.test|y> &amp; 👩‍👩‍👧 שלום\x07"
    made = json.loads(chat_words.body(service, text=hostile, quote=hostile * 40, url="https://cx/", workspace=hostile))
    whole = json.dumps(made, ensure_ascii=False)
    assert re.search(r"@(channel|everyone|here)\b", whole, re.IGNORECASE) is None
    assert "👩‍👩‍👧 שלום" in whole
    assert "\\u0007" not in whole
    if service == "slack":
        read_as_markup = [made["text"], *(each["text"] for each in made["blocks"][-1]["elements"])]
        assert all("<!" not in text and "<@" not in text and "<https://evil" not in text for text in read_as_markup)
        assert {block["text"]["type"] for block in made["blocks"][:-1]} == {"plain_text"}
        assert all(len(block["text"]["text"]) <= 3000 for block in made["blocks"][:-1])
    else:
        card = made["attachments"][0]["content"]
        assert {line["type"] for line in card["body"]} == {"RichTextBlock"}
        assert card["actions"] == [{"type": "Action.OpenUrl", "title": "Open it in CX Hub", "url": "https://cx/"}]
        assert "msteams" not in card


def test_what_is_private_deleted_or_a_mention_never_goes(world, room):
    add(world, room)
    touchpoint = owned_touchpoint(world)
    say(world, touchpoint, world.ivo, SECRET, is_private=True)
    gone = say(world, touchpoint, world.ivo, "Gone soon")
    with world.inside():
        comments.delete(comment=gone, by=world.ivo, now=NOW)
        assert not ChatPost.objects.filter(kind="comment.mention").exists()
    assert send(world) == 0
    assert room.server.requests == []


@pytest.mark.parametrize("says", ["429 Slow down", "503 Away"])
def test_a_service_that_asks_to_wait_is_left_alone_until_then(world, room, says):
    add(world, room)
    touchpoint = owned_touchpoint(world)
    for number in range(3):
        say(world, touchpoint, world.ivo, f"Number {number}")
    room.says, room.headers = says, {"Retry_After": "1800"}
    assert send(world) == 0
    assert len(room.server.requests) == 1, "the other two wait without asking"
    assert send(world, 20) == 0
    assert len(room.server.requests) == 1
    room.says, room.headers = "200 OK", {}
    assert send(world, 40) == 3


@pytest.mark.parametrize("says", ["404 no_service", "403 action_prohibited", "410 channel_is_archived", "302 Found"])
def test_a_refusal_for_good_turns_it_off_and_tells_administrators(world, room, sign_in, says):
    chat = add(world, room)
    say(world, owned_touchpoint(world), world.ivo)
    room.says, room.headers = says, {"Location": "https://elsewhere.example/"}
    assert send(world) == 0
    with world.inside():
        chat.refresh_from_db()
        assert chat.off_at
        assert AuditEntry.objects.filter(action="chat.turn_off", actor=None).exists()
        assert set(Notification.objects.filter(kind="chat.off").values_list("member_id", flat=True)) == {world.ada.pk}
    assert "No messages go to the chat “Service” any more" in sign_in(world.ada).get("/w/acme/inbox/").content.decode()
    say(world, owned_touchpoint(world), world.ivo, "Later")
    send(world, 600)
    assert len(room.server.requests) == 1


def test_a_service_that_cannot_be_reached_is_asked_later(world, room, settings):
    add(world, room)
    say(world, owned_touchpoint(world), world.ivo)
    room.server.close()
    assert send(world) == 0
    with world.inside():
        post = ChatPost.objects.get()
        assert (post.tries, post.begun, post.due_at > timezone.now()) == (1, 0, True)
        assert Chat.objects.get().off_at is None


def test_an_address_inside_the_company_is_refused(world, room, settings, sign_in):
    settings.OUTBOUND = Rules.of(allow=[])
    sent = {"name": "Inside", "service": "slack", "url": room.server.url, "kinds": KINDS}
    answer = sign_in(world.ada).post(PATH, sent)
    assert answer.status_code == 422
    with world.inside():
        assert not Chat.objects.exists()


def test_an_administrator_adds_tests_changes_and_removes_and_the_address_is_never_shown(world, room, sign_in):
    client = sign_in(world.ada)
    sent = {"name": "Service", "service": "teams", "url": f"{room.server.url}/very-secret", "kinds": KINDS}
    page = client.post(PATH, sent, follow=True)
    with world.inside():
        chat = Chat.objects.get()
        assert chat.url.open(real_settings.ENCRYPTION_KEYS).endswith("/very-secret")
    own = f"{PATH}{chat.pk}/"
    shown = [page, client.get(own), client.get(PATH), client.post(f"{own}test/", follow=True)]
    assert "The test message was taken" in shown[-1].content.decode()
    assert "This is a test: messages from Acme come here." in room.server.requests[-1]
    room.says = "404 no_service"
    shown.append(client.post(f"{own}test/", follow=True))
    assert "The address does not exist any more (404)." in shown[-1].content.decode()
    assert client.post(PATH, sent).status_code == 422, "two of one name"
    assert client.post(own, {"name": "Other", "kinds": ["nonsense"], "url": ""}).status_code == 422
    client.post(own, {"name": "Other", "kinds": ["comment.new"], "url": ""})
    client.post(f"{own}switch/", {"on": "0"})
    with world.inside():
        chat.refresh_from_db()
        assert (chat.name, chat.kinds, chat.off_at is None) == ("Other", ["comment.new"], False)
        told = json.dumps(list(AuditEntry.objects.values_list("before", "after")))
    assert not any("very-secret" in each.content.decode() for each in shown)
    assert "very-secret" not in told
    client.post(f"{own}removal/")
    with world.inside():
        assert not Chat.objects.exists()


@pytest.mark.parametrize("person", ["max", "eli", "vi"])
def test_nobody_else_sees_chats(world, sign_in, person):
    assert sign_in(world.cast[person]).get(PATH).status_code == 403
    assert sign_in(world.ann).get(PATH).status_code == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("where", ["_post", "_noted"], ids=["before posting", "after posting"])
def test_a_worker_killed_loses_nothing_and_posts_once_more_at_most(committed_world, room, where):
    world = committed_world
    add(world, room)
    say(world, owned_touchpoint(world), world.ivo)
    workspace_id, due = world.acme.pk, timezone.now() + timedelta(minutes=1)
    connection.close()

    def die(*_args, **_more):
        os.kill(os.getpid(), signal.SIGKILL)

    def child():
        connection.close()
        setattr(chats, where, die)
        chats.send(workspace_id=workspace_id, now=due)

    process = get_context("fork").Process(target=child)
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    gone = len(room.server.requests)
    assert gone == (0 if where == "_post" else 1)
    assert send(world, 2) == 0, "the lease of the dead one holds"
    assert send(world, 60) == 1
    assert len(room.server.requests) == gone + 1
    assert send(world, 600) == 0
