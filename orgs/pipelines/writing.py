"""Puts mails to members on paper: plain and HTML, the same headers, the links out of them."""

import logging
import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.urls import reverse

from cxhub.lib import mail
from orgs.models import Member, Sending
from orgs.pipelines import sendings
from orgs.queries import mail_choices
from orgs.scope import scope

log = logging.getLogger(__name__)

MOST_IN_SUBJECT = 120  # letters; mail programs show fewer
JOINERS = "\u200c\u200d"  # they hold emoji and some scripts together
BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")

Claimed = list[tuple[int, int]]


def letter(
    template: str, words: dict[str, Any], *, to: Member, subject: str, message_id: str, kind: str
) -> EmailMultiAlternatives:
    """Return a mail to a member, with the way to be told less: `kind` is what one click ends."""
    workspace, times = to.workspace, mail_choices.wishes(to).times
    stop_url = mail.absolute(reverse("unsubscribe", args=[mail_choices.link_token(to, kind, times)]))
    choice_url = mail.absolute(reverse("mail_choices", args=[workspace.slug]))
    shown = {"workspace": workspace, "person": to.user, "stop_url": stop_url, "choice_url": choice_url} | words
    made = EmailMultiAlternatives(
        line(subject),
        render_to_string(f"orgs/{template}.txt", shown),
        _from(workspace.name),
        [to.user.email],
        headers={
            "Message-ID": message_id,
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{stop_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    made.attach_alternative(render_to_string(f"orgs/{template}.html", shown), "text/html")
    return made


def line(text: str, most: int = MOST_IN_SUBJECT) -> str:
    """Return a text as one line of a header: no control character, nothing that turns the reading direction."""
    kept = "".join(
        letter if unicodedata.category(letter) not in {"Cc", "Cf", "Zl", "Zp", "Cs"} or letter in JOINERS else " "
        for letter in BIDI_CONTROLS.sub("", text)
    )
    words = " ".join(kept.split())
    return words if len(words) <= most else words[: most - 1].rstrip(JOINERS + " ") + "…"


def message_id(what: str, sending: Sending) -> str:
    """The same for each try, so that a mail that went out twice is recognised as one."""
    host = settings.BASE_URL.rpartition("//")[2].partition("/")[0].partition(":")[0] or "localhost"
    return f"<{what}-{sending.workspace_id}-{sending.pk}@{host}>"


def post(
    model: type[Sending],
    claimed: Claimed,
    *,
    workspace_id: int,
    now: datetime,
    write: Callable[[int, int, datetime], EmailMultiAlternatives | datetime | None],
    done: Callable[[int, datetime], None] = lambda pk, now: None,
) -> int:
    """Send each of a batch over one connection. Returns how many went out.

    `write` gives the mail, None when there is nothing to say any more, or until when it waits; it is asked in the
    workspace's scope. `done` is told, in the transaction that notes it, that one went out or never will.
    """
    sent = 0
    server = get_connection(timeout=mail.SECONDS)
    try:
        server.open()
        for pk, fence in claimed:
            sent += _one(model, pk, fence, workspace_id, server, now, write, done)
    except OSError as error:  # whatever smtplib raises is one
        log.warning("The mail server is away (%s); mails wait.", type(error).__name__)
        with scope(workspace_id):
            for pk, fence in claimed:
                sendings.later(model, pk, fence, now)
    finally:
        _close(server)
    return sent


def _one(
    model: type[Sending], pk: int, fence: int, workspace_id: int, server: Any, now: datetime, write: Any, done: Any
) -> bool:
    """Send one mail unless it is not wanted now. Raises OSError when the server is away."""

    def over(**news: Any) -> None:
        with scope(workspace_id):
            if sendings.note(model, pk, fence, due_at=None, **news):
                done(pk, now)

    with scope(workspace_id):
        made = write(pk, fence, now)
        if isinstance(made, datetime):
            sendings.postpone(model, pk, fence, made)
            return False
        if made is not None:
            sendings.begin(model, pk, fence)
    if made is None:
        over()
        return False
    try:
        server.send_messages([made])
    except mail.REFUSALS as refusal:
        if not mail.is_final(refusal):  # of this letter: the others do not wait for it
            with scope(workspace_id):
                sendings.later(model, pk, fence, now)
            return False
        log.warning("The mail server refused a mail for good; it stays in the inbox.")
        over()
        return False
    over(sent_at=now)
    return True


def reachable(member: Member) -> bool:
    """Say whether mails may go to the member at all."""
    return not member.left_at and member.user.is_active and mail.reaches(member.user.email)


def _from(workspace: str) -> str:
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((line(f"{workspace} · CX Hub", 80), address))


def _close(server: Any) -> None:
    try:
        server.close()
    except OSError:
        log.info("The mail server was gone before it was closed.")
