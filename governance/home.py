"""What governance brings to Home: the reviews that are due of the maps one keeps."""

from django.db.models import Count, Window
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.queries import due, reviews
from governance.queries.reviews import Filters
from governance.services import reminders
from orgs.registry import HomeList, HomePanel, HomeRow
from orgs.roles import Role

SHOWN = 5
KEEPERS = frozenset(Role.values) - {Role.VIEWER.value, Role.INTEGRATOR.value}


def my_reviews(request: HttpRequest) -> HomeList:
    """Reviews that are due or overdue and the member's to do, or of maps the member keeps. One query."""
    workspace, member = request.workspace, request.member  # type: ignore[attr-defined]
    today = workspace.today
    filters = Filters(whose="mine", when="due")
    found = reviews.listed(filters, member=member, today=today, zone=workspace.tzinfo).order_by("due_on", "title", "pk")
    rows, count = [], 0
    for each in found.annotate(total=Window(Count("pk")))[:SHOWN]:
        count = each.total
        state = due.state(each.due_on, today, running=each.running)
        detail = f"{due.day(each.due_on)}, {due.days(each.due_on, today)}"  # type: ignore[attr-defined]
        url = reverse("map_review", args=[workspace.slug, each.pk])
        rows.append(HomeRow(str(each), url, detail, status=state.mark, word=state.words))
    queue = f"{reverse('reviews', args=[workspace.slug])}?whose=mine&when=due"
    return HomeList(rows, count, queue)


PANELS = [
    HomePanel(
        "reviews",
        _("Your maps to review"),
        KEEPERS,
        18,
        my_reviews,
        _("No map that you review, own or sponsor is due for review in the next 14 days."),
        covers=(reminders.DUE, reminders.LATE, reminders.EARLY),
    )
]
