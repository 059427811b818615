"""Search: the kinds of records a member may read, each asked once, and the pages and actions with such a name."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Window
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cxhub.web.asked import asked
from orgs import access
from orgs.panels import commands
from orgs.panels.commands import Choice
from orgs.permissions import Permission
from orgs.queries.matching import words_of
from orgs.registry import SEARCH, SearchKind

MOST = 8  # of a kind
LETTER = re.compile(r"\s*(\w)\s*:(.*)", re.DOTALL)
RECENT = re.compile(r"([a-z]+)-(\d{1,18})")


@dataclass(frozen=True)
class Asked:
    """What was typed, the words in it, and the kind they are asked of, if it is one alone."""

    typed: str
    words: str
    kind: SearchKind | None

    @property
    def is_empty(self) -> bool:
        return not words_of(self.words) and self.kind is None


@dataclass(frozen=True)
class Group:
    """What was found of one kind, the best first; how many there are, and where all of them are listed."""

    key: str
    label: str
    icon: str
    choices: Sequence[Choice]
    count: int
    rank: int = 9
    all_url: str = ""
    all_words: str = ""


def kinds(request: HttpRequest) -> list[SearchKind]:
    """Return the kinds of records that the member may read."""
    member = request.member  # type: ignore[attr-defined]
    readable = (kind for kind in SEARCH if access.may(member, Permission(kind.permission)))
    return sorted(readable, key=lambda kind: kind.position)


def asked_for(request: HttpRequest) -> Asked:
    """Read the words, and the kind: chosen in the address, or by its letter before the words."""
    typed, name = asked(request, "q"), request.GET.get("kind", "")
    known = kinds(request)
    begun = LETTER.fullmatch(typed)
    for kind in known:
        if begun and begun[1].lower() == kind.letter:
            return Asked(typed, begun[2].strip(), kind)
    return Asked(typed, typed, next((kind for kind in known if kind.key == name), None))


def groups(request: HttpRequest, wanted: Asked) -> list[Group]:
    """Return what matches, the kind with the best match first. One query for each kind of record."""
    if wanted.is_empty:
        return _before_typing(request)
    chosen = [wanted.kind] if wanted.kind else kinds(request)
    found = [_records(request, kind, wanted.words) for kind in chosen]
    if not wanted.kind:
        found += [_named(key, request, wanted.words) for key in commands.GROUPS]
    return sorted((group for group in found if group.count), key=lambda group: group.rank)


def listed(request: HttpRequest, wanted: Asked) -> Any:
    """Return all records of the kind that was asked for, the best first."""
    assert wanted.kind  # noqa: S101  the caller asked for one
    return wanted.kind.found(request, wanted.kind.rows(request), wanted.words)


def of_page(request: HttpRequest, wanted: Asked, page: Any) -> list[Group]:
    """Return one page of the kind that was asked for, with the way to its own list."""
    kind: Any = wanted.kind
    choices = [_choice(request, kind, row) for row in page.items]
    more = _all_url(request, kind, wanted.words) if kind.list_page else ""
    said = _("Open the list: %(kind)s") % {"kind": kind.label}
    group = Group(kind.key, str(kind.label), kind.icon, choices, page.total, all_url=more, all_words=said)
    return [group] if choices else []


def _choice(request: HttpRequest, kind: SearchKind, record: Any) -> Choice:
    row = kind.row(request, record)
    return Choice(row.text, row.url, kind.icon, row.detail)


def _all_url(request: HttpRequest, kind: SearchKind, words: str) -> str:
    """Where all that match are listed: the kind's own list, or the page of search where it has none."""
    slug, query = request.workspace.slug, {"q": words} if words else {}  # type: ignore[attr-defined]
    if not kind.list_page:
        query["kind"] = kind.key
    return f"{reverse(kind.list_page or 'search', args=[slug])}?{urlencode(query)}"


def _records(request: HttpRequest, kind: SearchKind, words: str) -> Group:
    matching = kind.found(request, kind.rows(request), words)
    rows = list(matching.annotate(search_count=Window(Count("pk")))[:MOST])
    count = rows[0].search_count if rows else 0
    more = _all_url(request, kind, words) if count > len(rows) else ""
    said = _("All %(n)d: %(kind)s") % {"n": count, "kind": kind.label}
    choices = [_choice(request, kind, row) for row in rows]
    best = getattr(rows[0], "rank", 0) if rows else 9
    return Group(kind.key, str(kind.label), kind.icon, choices, count, best, more, said)


def _named(key: str, request: HttpRequest, words: str) -> Group:
    found = commands.named(commands.GROUPS[key][1](request), words)
    ranks = [rank for rank, _choice in found]
    choices = [each for _rank, each in found][:MOST]
    return Group(key, str(commands.GROUPS[key][0]), "", choices, len(choices), min(ranks, default=9))


def _before_typing(request: HttpRequest) -> list[Group]:
    recent = _recent(request, asked(request, "recent"))
    begun = [each for each in commands.actions(request) if each.is_often]
    pages = commands.pages(request)[:MOST]
    found = [
        Group("recent", _("Opened lately"), "", recent, len(recent)),
        Group("actions", _("Actions"), "", begun, len(begun)),
        Group("pages", _("Pages"), "", pages, len(pages)),
    ]
    return [group for group in found if group.count]


def _recent(request: HttpRequest, told: str) -> list[Choice]:
    """The records that the browser remembers by kind and number, as the member may read them today."""
    known = {kind.key: kind for kind in kinds(request)}
    pairs = [(kind, int(pk)) for kind, pk in RECENT.findall(told) if kind in known][:MOST]
    found: dict[tuple[str, int], Choice] = {}
    for key in {kind for kind, _pk in pairs}:
        found |= _by_pk(request, known[key], [pk for kind, pk in pairs if kind == key])
    return [found[pair] for pair in dict.fromkeys(pairs) if pair in found]


def _by_pk(request: HttpRequest, kind: SearchKind, pks: Iterable[int]) -> dict[tuple[str, int], Choice]:
    rows = kind.rows(request).filter(pk__in=list(pks))
    return {(kind.key, row.pk): _choice(request, kind, row) for row in rows}
