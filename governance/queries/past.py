"""The reviews of a map that were closed, or called off, each with what was signed off in it."""

from django.db.models import OuterRef, QuerySet, Subquery

from governance.models import Review
from governance.queries.endorsements import of_sponsors
from journeys.models import Map


def of(drawn: Map) -> QuerySet[Review]:
    """Return all reviews of a map, the newest first, with who signed off last in each (None: nobody) and what."""
    signed = of_sponsors().filter(review=OuterRef("pk"))
    found: QuerySet[Review] = Review.objects.filter(map=drawn).defer("beginning")
    return found.select_related("by__user", "closed_by__user").annotate(
        signed_by=Subquery(signed.values("name")[:1]),
        signed_title=Subquery(signed.values("title")[:1]),
        signed_at=Subquery(signed.values("at")[:1]),
        signed_number=Subquery(signed.values("version__number")[:1]),
    )
