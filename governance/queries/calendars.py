"""The calendar of a member: found by its secret address, and the reviews that it holds."""

from datetime import date

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from governance.models import CalendarFeed
from governance.queries import reviews
from governance.queries.reviews import Filters
from journeys.models import Map
from orgs import tokens
from orgs.access import may
from orgs.permissions import Permission

MOST = 1000  # what a calendar program takes without a sigh; the soonest


def of_token(token: str) -> CalendarFeed | None:
    """Return the calendar that an address opens, while its member may read it. Needs the scope that it names."""
    rows = CalendarFeed.objects.filter(member__left_at=None, member__user__is_active=True)
    found: CalendarFeed | None = (
        rows.filter(token_hash=tokens.hashed(token)).select_related("member__user", "member__workspace").first()
    )
    return found if found and may(found.member, Permission.WORKSPACE_READ) else None


def listed(feed: CalendarFeed, today: date) -> QuerySet[Map]:
    """The maps whose next reviews a calendar holds, with what an event needs to stay the same one."""
    zone, filters = feed.member.workspace.tzinfo, Filters(whose="" if feed.holds_all else "mine")
    found = reviews.listed(filters, member=feed.member, today=today, zone=zone)
    turn, sequence = Coalesce(F("review_plans__turn"), 0), Coalesce(F("review_plans__sequence"), 0)
    told = {"turn": turn, "sequence": sequence, "planned_on": F("review_plans__planned_on")}
    return found.annotate(**told).order_by("due_on", "pk")[:MOST]
