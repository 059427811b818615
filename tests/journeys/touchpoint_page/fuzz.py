"""Two to four people on one touchpoint over a bad line: what the machine of test_concurrent_edits.py plays with.

A line drops requests and answers, holds requests back and delivers them again later. Each person's page does what
static/js/autosave.js does: one save at a time per field, sent again as it was until it is answered.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from uuid import uuid4

from django.test import Client

from tests.journeys.touchpoint_page.conftest import HTMX, path, signed_in, version_in


@dataclass
class Save:
    """One request on the line."""

    key: str
    value: str
    version: int
    token: str = field(default_factory=lambda: uuid4().hex)


@dataclass
class Editor:
    """One person's page: what is typed per field, the version seen, the save that has no answer yet."""

    name: str
    client: Client
    touchpoint: object
    seen: dict[str, int] = field(default_factory=dict)
    waiting: dict[str, Save] = field(default_factory=dict)
    held_back: list[Save] = field(default_factory=list)

    def look(self, key):
        """Open the field afresh, as the page does."""
        answer = self.client.get(path(self.touchpoint, f"fields/{key}/"), headers=HTMX)
        self.seen[key] = version_in(answer.content.decode())

    def deliver(self, save):
        data = {"value": save.value, "version": save.version, "save": save.token}
        return self.client.post(path(self.touchpoint, f"fields/{save.key}/"), data, headers=HTMX)


def editors(members, touchpoint):
    return [Editor(member.user.name, signed_in(member), touchpoint) for member in members]


class _Texts(HTMLParser):
    def __init__(self):
        super().__init__()
        self.values, self.place, self.texts = [], "", {}

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if given.get("name") == "value" and "value" in given:
            self.values.append(given["value"])
        if tag == "div":
            self.place = "mine" if "data-mine" in given else "theirs" if "data-theirs" in given else ""

    def handle_data(self, data):
        if self.place:
            self.texts[self.place] = self.texts.get(self.place, "") + data

    def handle_endtag(self, tag):
        self.place = ""


def both_texts(answer):
    """What a conflict shows as (mine, theirs), and what its form would send to keep mine."""
    parser = _Texts()
    parser.feed(answer.content.decode())
    return (parser.texts.get("mine"), parser.texts.get("theirs")), parser.values
