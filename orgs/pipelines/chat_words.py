"""How a message looks in Slack and in Teams. Names and comments go in as plain text: nothing in them means anything."""

import json
import re
from typing import Any

from django.utils.translation import gettext as _

from orgs.models import Chat

MOST_WORDS, MOST_QUOTED = 400, 800  # letters
CALLS = re.compile(r"@(?=channel\b|here\b|everyone\b|team\b)", re.IGNORECASE)
APART = "\u2060"  # of no width: between @ and the word, so that nobody is called


def body(service: str, *, text: str, quote: str, url: str, workspace: str) -> bytes:
    """Return what is posted to the address of a chat."""
    text, quote = _calm(text, MOST_WORDS), _calm(quote, MOST_QUOTED)
    said = _teams if service == Chat.Service.TEAMS else _slack
    return json.dumps(said(text, quote, url, _calm(workspace, MOST_WORDS))).encode()


def _slack(text: str, quote: str, url: str, workspace: str) -> dict[str, Any]:
    blocks = [_plain(text)]
    if quote:
        blocks.append(_plain(f"“{quote}”"))
    link = f"<{url}|{_escaped(_('Open it in CX Hub'))}> · {_escaped(workspace)}"
    blocks.append({"type": "context", "elements": [{"type": "mrkdwn", "text": link, "verbatim": True}]})
    # The text is what a lock screen shows; it is read as markup, so that & < > are escaped.
    return {"text": _escaped(text), "blocks": blocks, "unfurl_links": False, "unfurl_media": False}


def _plain(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "plain_text", "text": text, "emoji": False}}


def _escaped(text: str) -> str:
    """Slack's own three: https://docs.slack.dev/messaging/formatting-message-text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _teams(text: str, quote: str, url: str, workspace: str) -> dict[str, Any]:
    lines = [_run(text, weight="Bolder", size="Medium")]
    if quote:
        lines.append(_run(f"“{quote}”"))
    lines.append(_run(f"{workspace} · CX Hub", isSubtle=True, size="Small"))
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "fallbackText": text,
        "body": lines,
        "actions": [{"type": "Action.OpenUrl", "title": _("Open it in CX Hub"), "url": url}],
    }
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return {"type": "message", "attachments": [attachment]}


def _run(text: str, **look: Any) -> dict[str, Any]:
    """A run of plain text: a TextBlock would read Markdown in it."""
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text, **look}]}


def _calm(text: str, most: int) -> str:
    kept = CALLS.sub(f"@{APART}", "".join(letter for letter in text if letter.isprintable() or letter in "\n\u200d"))
    return kept if len(kept) <= most else kept[: most - 1] + "…"
