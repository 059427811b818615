"""What search leads to that is no record: the pages a member may open and the actions the member may begin."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.translation import gettext_lazy as _

from orgs.access import may
from orgs.models.folding import fold
from orgs.permissions import Permission
from orgs.queries.matching import words_of
from orgs.registry import ACTIONS, MENU, NAVIGATION, PAGES, SETTINGS_PAGES, Action, NavItem


@dataclass(frozen=True)
class Choice:
    """One thing to choose: its words, where it leads, and what is posted there, if anything."""

    text: str
    url: str
    icon: str
    detail: str = ""
    post: tuple[str, str] | None = None
    more: str = ""
    is_often: bool = True


def pages(request: HttpRequest) -> list[Choice]:
    """Return the pages of the navigation, of the person's menu, of the settings, and those beside them."""
    settings = [
        NavItem(page.label, page.url_name, "settings", page.position, Permission.WORKSPACE_MANAGE)
        for page in sorted(SETTINGS_PAGES, key=lambda page: page.position)
    ]
    every = [*sorted(NAVIGATION, key=lambda item: item.position), *PAGES, *MENU, *settings]
    found = {_url(request, item.url_name): item for item in every if _may(request, item.permission)}
    return [Choice(str(item.label), url, item.icon) for url, item in found.items()]


def actions(request: HttpRequest) -> list[Choice]:
    """Return what the member may begin; on the page of a record, about that record."""
    here = _here(request)
    ready = [(action, _leads(request, action, here)) for action in sorted(ACTIONS, key=lambda each: each.position)]
    return [
        Choice(str(one.label), url, one.icon, post=one.post, more=str(one.more), is_often=one.is_often)
        for one, url in ready
        if url and _may(request, one.permission)
    ]


GROUPS: dict[str, tuple[Any, Callable[[HttpRequest], list[Choice]]]] = {
    "pages": (_("Pages"), pages),
    "actions": (_("Actions"), actions),
}


def named(choices: list[Choice], typed: str) -> list[tuple[int, Choice]]:
    """Return those with each word in their name, ranked as records are (orgs/queries/matching.py)."""
    words = [fold(word) for word in words_of(typed)]
    if not words:
        return []
    found = [(_rank(fold(each.text), " ".join(words)), each) for each in choices if _has(each, words)]
    return sorted(found, key=lambda pair: pair[0])


def _has(choice: Choice, words: list[str]) -> bool:
    text = fold(f"{choice.text} {choice.more}")
    return all(word in text for word in words)


def _rank(name: str, phrase: str) -> int:
    ways = (name == phrase, name.startswith(phrase), f" {phrase}" in name, phrase in name, True)
    return ways.index(True)


def _may(request: HttpRequest, permission: str) -> bool:
    return not permission or may(request.member, Permission(permission))  # type: ignore[attr-defined]


def _url(request: HttpRequest, name: str) -> str:
    """A page of the workspace, or one of the person's own outside it."""
    try:
        return reverse(name, args=[request.workspace.slug])  # type: ignore[attr-defined]
    except NoReverseMatch:
        return reverse(name)


def _leads(request: HttpRequest, action: Action, here: Any) -> str:
    """Where an action leads from here; "" where it needs a record and none is open."""
    about = action.about.get(here.url_name) if here else None
    if about:
        return reverse(about, kwargs=here.kwargs)
    return _url(request, action.url_name) if action.url_name else ""


def _here(request: HttpRequest) -> Any:
    """The page of this workspace on which the palette is open, as the browser says."""
    path = getattr(getattr(request, "htmx", None), "current_url_abs_path", None) or ""
    try:
        here = resolve(path.split("?")[0].split("#")[0])
    except Resolver404:
        return None
    is_ours = here.kwargs.get("slug") == request.workspace.slug  # type: ignore[attr-defined]
    return here if is_ours else None
