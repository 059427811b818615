"""Records whose names look alike: what one finds before a second one of the same is made, or merged."""

import re
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When

from orgs.models import Folded

AT_MOST = 5
STEM = 5  # letters of a word that count, so that "bookings" is like "Booking"


def alike(rows: QuerySet[Any], name: str) -> list[Any]:
    """Return those whose names share most words with this one, the closest first; at most five.

    Words of three letters and more count, by how they begin: "Hotline for bookings" is like "Booking hotline".
    """
    words = [word[:STEM] for word in re.split(r"\W+", name[:200]) if len(word) > 2][:8]
    if not words:
        return []
    hits = sum(
        (
            Case(When(folded__contains=Folded(Value(word)), then=1), default=0, output_field=IntegerField())
            for word in words
        ),
        start=Value(0),
    )
    found = rows.annotate(folded=Folded("name")).annotate(hits=hits).filter(hits__gte=(len(words) + 1) // 2)
    return list(found.order_by("-hits", "name", "pk")[:AT_MOST])
