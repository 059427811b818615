"""The saved views a member may open on a list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from orgs.models import Member, SavedView


@dataclass(frozen=True)
class Views:
    """The views of one list: the own ones first, then those others share."""

    rows: Sequence[SavedView]
    default: SavedView | None


def of_list(list_key: str, member: Member) -> Views:
    """Return the views of a list that this member sees, with one query."""
    found = SavedView.objects.seen_by(member).filter(list_key=list_key).select_related("owner__user")
    return _sorted(found.order_by("name", "pk"), member)


def _sorted(found: Iterable[SavedView], member: Member) -> Views:
    rows = sorted(found, key=lambda view: view.owner_id != member.pk)
    default = next((view for view in rows if view.is_default and view.owner_id == member.pk), None)
    return Views(rows, default)


def of_plain(rows: Iterable[Mapping[str, Any]], member: Member) -> Views:
    """Return views that were read beside something else, in the order of `of_list`."""
    return _sorted([SavedView(**row) for row in rows], member)


def all_of(member: Member) -> Sequence[SavedView]:
    """Return every view this member sees, by list and name."""
    found = SavedView.objects.seen_by(member).select_related("owner__user")
    return list(found.order_by("list_key", "name", "pk"))
