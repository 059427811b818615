"""Posts to chats: each message once, as long as nothing is killed between posting and noting (ADR 57)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from cxhub.lib import http, mail, retry_after
from cxhub.lib.secrets import WrongKey
from orgs.models import Chat, ChatPost
from orgs.pipelines import chat_words, sendings
from orgs.queries import chats as queries
from orgs.scope import scope
from orgs.services import announcing, chats

HEADERS = {"Content-Type": "application/json"}
GONE = {404, 410}
FORBIDDEN = {401, 403}
PASSING = {408, 425, 429}  # of 4xx: those that another try may mend


@dataclass(frozen=True)
class Outcome:
    """What came of posting: taken; not now, to try again; or never, until somebody changes something."""

    is_taken: bool = False
    is_final: bool = False
    sentence: str = ""
    wait: timedelta | None = None
    is_for_all: bool = False  # the service asks to wait with whatever goes to this chat


def sweep(now: datetime) -> None:
    """Wake a job for each workspace in which posts are due."""
    sendings.wake_due(announcing.JOB, ChatPost, now)


def send(*, workspace_id: int, now: datetime) -> int:
    """Post what is due in a workspace, one batch, and wake the next when there is more. Returns how many went out."""
    return sendings.send_batch(announcing.JOB, ChatPost, _send_all, workspace_id=workspace_id, now=now)


def test(chat: Chat, *, url: str, now: datetime) -> Outcome:
    """Post a message that says it is a test."""
    text = _("This is a test: messages from %(workspace)s come here.") % {"workspace": chat.workspace.name}
    words = {"text": text, "quote": "", "url": url, "workspace": chat.workspace.name}
    try:
        address = chat.url.open(settings.ENCRYPTION_KEYS)
    except WrongKey:
        return _unreadable()
    return _post(address, chat_words.body(chat.service, **words), now)


def _send_all(workspace_id: int, claimed: list[tuple[int, int]], now: datetime) -> int:
    sent, waits = 0, {}
    for pk, fence in claimed:
        with scope(workspace_id):
            post = _held(pk, fence)
            chat_id = post.chat_id if post else 0
            ready = None
            if post and chat_id in waits:
                sendings.later(ChatPost, pk, fence, now, wait=waits[chat_id])
                continue
            ready = _ready(post) if post else None
            if post is None or ready is None:
                sendings.note(ChatPost, pk, fence, due_at=None)
                continue
            sendings.begin(ChatPost, pk, fence)
        outcome = _post(*ready, now) if isinstance(ready, tuple) else ready
        with scope(workspace_id):
            sent += _noted(post, fence, outcome, now)
        if outcome.is_for_all:
            waits[chat_id] = outcome.wait
    return sent


def _held(pk: int, fence: int) -> ChatPost | None:
    found = ChatPost.objects.filter(pk=pk, fence=fence, begun__lt=sendings.MOST_BEGUN, chat__off_at=None)
    return found.exclude(due_at=None).select_related("chat__workspace", "by__user").first()


def _ready(post: ChatPost) -> tuple[str, bytes] | Outcome | None:
    """Return address and body; None when there is nothing to say, or not to everybody."""
    workspace = post.chat.workspace
    with translation.override(settings.LANGUAGE_CODE):
        said = queries.told([post], workspace).get(post.pk)
        if said is None:
            return None
        words = {"text": said.text, "quote": said.quote, "url": mail.absolute(said.path), "workspace": workspace.name}
        body = chat_words.body(post.chat.service, **words)
    try:
        return post.chat.url.open(settings.ENCRYPTION_KEYS), body
    except WrongKey:
        return _unreadable()


def _noted(post: ChatPost, fence: int, outcome: Outcome, now: datetime) -> bool:
    if outcome.is_taken:
        sendings.note(ChatPost, post.pk, fence, due_at=None, sent_at=now)
    elif outcome.is_final:
        sendings.note(ChatPost, post.pk, fence, due_at=None)
        chats.give_up(chat=post.chat, because=outcome.sentence, now=now)
    else:
        sendings.later(ChatPost, post.pk, fence, now, wait=outcome.wait)
    return outcome.is_taken


def _post(address: str, body: bytes, now: datetime) -> Outcome:
    try:
        reply = http.fetch(address, method="POST", headers=HEADERS, body=body)
    except http.Refused as refused:
        return Outcome(is_final=True, sentence=refused.sentence)
    except http.Unreachable as away:
        return Outcome(sentence=away.sentence)
    return _judged(reply, now)


def _judged(reply: http.Reply, now: datetime) -> Outcome:
    """Put an answer in words. What the service wrote is not repeated: it is not ours to show."""
    status = reply.status
    if 200 <= status < 300:
        return Outcome(is_taken=True)
    if status in PASSING or status >= 500:
        seconds = retry_after.seconds(reply.headers.get("retry-after"), now=now)
        words = _("The service cannot take messages now (%(status)d). They are tried again.") % {"status": status}
        return Outcome(sentence=words, wait=seconds and timedelta(seconds=seconds), is_for_all=True)
    if status in GONE:
        words = _("The address does not exist any more (%(status)d). Make a new one there and enter it.")
    elif status in FORBIDDEN:
        words = _("The service does not let messages in by this address (%(status)d). Make a new one and enter it.")
    else:
        words = _("The service refuses messages by this address (%(status)d). Check that it is an incoming webhook.")
    return Outcome(is_final=True, sentence=words % {"status": status})


def _unreadable() -> Outcome:
    return Outcome(is_final=True, sentence=_("The address that is kept cannot be read any more. Enter it again."))
