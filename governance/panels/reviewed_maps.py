"""Where the review of a map stands: a column where the maps of a dimension stand together."""

from collections.abc import Collection

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.queries import due, reviews
from journeys.registry import MapColumn, Said

OVERDUE, DUE, RUNNING, SCHEDULED = "overdue", "due", "running", "scheduled"
CHOICES = {OVERDUE: _("Overdue"), DUE: _("Due"), RUNNING: _("In review"), SCHEDULED: _("Scheduled")}
"""The one that most asks for somebody first."""


def load(request: HttpRequest, map_ids: Collection[int]) -> dict[int, Said]:
    """Return how the reviews of those of the maps that are reviewed stand. One query, however many."""
    workspace = request.workspace  # type: ignore[attr-defined]
    today, found = workspace.today, {}
    for each in reviews.reviewed(workspace.tzinfo).filter(pk__in=map_ids).defer("search_text"):
        state = due.state(each.due_on, today, running=each.running)
        value = _value(state.is_overdue or each.due_on < today, bool(each.running), reviews.is_due(each.due_on, today))
        url = reverse("map_review", args=[workspace.slug, each.pk])
        quiet = value in {RUNNING, SCHEDULED}
        place, mark = (list(CHOICES).index(value),), state.mark or "queued"
        found[each.pk] = Said(value, place, mark, state.words, due.days(each.due_on, today), url, is_quiet=quiet)
    return found


def _value(is_overdue: bool, is_running: bool, is_due: bool) -> str:
    if is_overdue:
        return OVERDUE
    return RUNNING if is_running else DUE if is_due else SCHEDULED


COLUMN = MapColumn("review", _("Review"), _("Next"), list(CHOICES.items()), load=load)
