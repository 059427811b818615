"""Finds a record by its name or makes it, safely when two do so at once."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact


def find_or_create(rows: Any, name: str, **fields: Any) -> tuple[Any, bool]:
    """Return the row of this name (letter case and outer blanks do not count), made if it is new.

    `rows` is a manager or queryset whose model has a unique name within the workspace. `fields` belong to the key.
    """
    clean = " ".join(name.split())
    # As the unique index compares: `iexact` upper-cases, so it takes names for one that the index tells apart.
    same = rows.filter(Exact(Lower("name"), Lower(Value(clean))), **fields)
    found = same.first()
    if found:
        return found, False
    try:
        with transaction.atomic():
            return rows.create(name=clean, **fields), True
    except IntegrityError:  # somebody else made it between the two statements
        return same.get(), False
