"""Finds a record by its name, makes or renames it, safely when two do so at once."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.utils.translation import gettext as _


class NameIsTaken(ValueError):
    """Another record of the workspace has this name."""


class NoName(ValueError):
    """A name has at least one letter that shows."""


def find_or_create(rows: Any, name: str, *, made_with: dict[str, Any] | None = None, **fields: Any) -> tuple[Any, bool]:
    """Return the row of this name (letter case and outer blanks do not count), made if it is new.

    `rows` is a manager or queryset whose model has a unique name within the workspace. `fields` belong to the key,
    `made_with` only to a new row.
    """
    clean = " ".join(name.split())
    # As the unique index compares: `iexact` upper-cases, so it takes names for one that the index tells apart.
    same = rows.filter(Exact(Lower("name"), Lower(Value(clean))), **fields)
    found = same.first()
    if found:
        return found, False
    try:
        with transaction.atomic():
            return rows.create(name=clean, **fields, **(made_with or {})), True
    except IntegrityError:  # somebody else made it between the two statements
        return same.get(), False


def rename(record: Any, name: str) -> None:
    """Give a record another name that is unique within the workspace. Raises NameIsTaken, NoName."""
    clean = " ".join(name.split())
    if not clean:
        raise NoName(_("Give it a name."))
    record.name = clean
    try:
        with transaction.atomic():
            record.save(update_fields=["name"])
    except IntegrityError:
        raise NameIsTaken(_("Another one is called “%(name)s”. Choose another name.") % {"name": clean}) from None
