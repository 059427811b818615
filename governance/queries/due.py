"""When the review of a map is due, in words and with the mark that goes with them."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.queries import cycle, reviews

RUNNING: dict[str, str] = {"progress": "running", "validated": "running", "signed": "done"}
"""The marks of the states of a review that was begun."""


@dataclass(frozen=True)
class State:
    """How a review stands: a word, and the slug of its mark; "" where nothing asks for attention.

    One that is late after somebody began it is both: it has its state, and `is_overdue` beside it.
    """

    word: str
    status: str = ""
    is_overdue: bool = False

    @property
    def words(self) -> str:
        """Both in one, where there is room for one."""
        return f"{self.word}, {_('overdue')}" if self.is_overdue else self.word

    @property
    def mark(self) -> str:
        """The mark that goes with both."""
        return "off_target" if self.is_overdue else self.status


def state(due_on: date, today: date, *, running: str = "") -> State:
    """Return how a review that is due on a day stands; `running` is its state once somebody began it (cycle.state)."""
    if running:
        return State(str(cycle.STATES[running]), RUNNING[running], is_overdue=due_on < today)
    if due_on < today:
        return State(_("Overdue"), "off_target")
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
