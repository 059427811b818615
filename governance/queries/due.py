"""When the review of a map is due, in words and with the mark that goes with them."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.queries import reviews


@dataclass(frozen=True)
class State:
    """How a review stands: a word, and the slug of its mark; "" where nothing asks for attention."""

    word: str
    status: str = ""


def state(due_on: date, today: date, *, is_running: bool = False) -> State:
    """Return how a review that is due on a day stands; one that is late stays so after somebody began it."""
    if due_on < today:
        return State(_("Overdue"), "off_target")
    if is_running:
        return State(_("In progress"), "running")
    return State(_("Due"), "watch") if reviews.is_due(due_on, today) else State(_("Scheduled"))


def days(due_on: date, today: date) -> str:
    """Return "3 days overdue", "today" or "in 12 days"."""
    left = (due_on - today).days
    if left < 0:
        return ngettext("%(n)d day overdue", "%(n)d days overdue", -left) % {"n": -left}
    return ngettext("in %(n)d day", "in %(n)d days", left) % {"n": left} if left else _("today")


def day(due_on: date) -> str:
    """Return a day as people read it."""
    return str(date_format(due_on, "j M Y"))
