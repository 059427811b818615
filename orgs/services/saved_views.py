"""Saves the filters, order and columns of a list under a name."""

from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from orgs.models import Member, SavedView
from orgs.services import audit

LONGEST_QUERY = 2000
PASSING = ("page", "view")  # where somebody is in a list is no part of a view


class NameIsTaken(ValueError):
    """The person has a view of this name already."""


class QueryIsTooLong(ValueError):
    """More filters than a view keeps."""


def plain_query(query: str) -> str:
    """Return a query string without what passes, its parameters in a fixed order."""
    asked = QueryDict(query.lstrip("?"), mutable=True)
    for name in PASSING:
        asked.pop(name, None)
    kept = QueryDict(mutable=True)
    for name in sorted(asked):
        kept.setlist(name, [value for value in asked.getlist(name) if value])
    return kept.urlencode()


@transaction.atomic
def save(*, list_key: str, name: str, query: str, is_shared: bool, is_default: bool, by: Member) -> SavedView:
    """Save a view of a list. Raises NameIsTaken, QueryIsTooLong."""
    view = SavedView(owner=by, list_key=list_key, name=name, query=_short(plain_query(query)))
    return _write(view, "saved_view.create", is_shared, is_default, by)


@transaction.atomic
def change(*, view: SavedView, name: str, is_shared: bool, is_default: bool, by: Member) -> SavedView:
    """Rename a view, share it or not, make it the default of its owner or not. Raises NameIsTaken."""
    kept: SavedView = SavedView.objects.select_for_update().get(pk=view.pk)
    kept.name = name
    return _write(kept, "saved_view.change", is_shared, is_default, by)


@transaction.atomic
def delete(*, view: SavedView, by: Member) -> None:
    audit.record("saved_view.delete", view, by=by, before=_told(view))
    view.delete()


def _write(view: SavedView, action: str, is_shared: bool, is_default: bool, by: Member) -> SavedView:
    before = _told(SavedView.objects.get(pk=view.pk)) if view.pk else None
    view.is_shared, view.is_default = is_shared, is_default
    if is_default:
        others = SavedView.objects.filter(owner=view.owner, list_key=view.list_key, is_default=True)
        others.exclude(pk=view.pk).update(is_default=False)
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError:
        raise NameIsTaken(_("You have a view of this name already. Choose another name.")) from None
    audit.record(action, view, by=by, before=before, after=_told(view))
    return view


def _short(query: str) -> str:
    if len(query) > LONGEST_QUERY:
        raise QueryIsTooLong(_("These are more filters than a view keeps. Take some away."))
    return query


def _told(view: SavedView) -> dict[str, object]:
    return {key: getattr(view, key) for key in ("name", "list_key", "query", "is_shared", "is_default")}
