"""How departments are reached: read for pages, and put in words."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orgs import measures
from orgs.models import AuditEntry, Contact, Department, Workspace

MOST_HISTORY = 20


def of(department: Department) -> Contact:
    """Return how a department is reached; an empty one where nobody has said it."""
    held: Contact | None = Contact.objects.filter(department=department).first()
    return held or Contact(department=department)


def every() -> dict[int, Contact]:
    """Return all of the workspace by department, in one query."""
    return {each.department_id: each for each in Contact.objects.all()}


def history(department: Department) -> QuerySet[AuditEntry]:
    """The latest changes of how a department is reached, newest first."""
    found = AuditEntry.objects.filter(subject_type="department", subject_id=department.pk, action="department.contact")
    return found.select_related("actor__user").order_by("-pk")[:MOST_HISTORY]


def hours_words(contact: Contact) -> list[str]:
    """Return its hours a line for days that are alike: "Mon–Fri 08:00–18:00"."""
    lines = []
    for first, last, times in measures.runs(contact.hours):
        days = str(WEEKDAYS_ABBR[first]) + (f"–{WEEKDAYS_ABBR[last]}" if last > first else "")
        lines.append(f"{days} {times}")
    return lines


def zone_of(contact: Contact, workspace: Workspace) -> str:
    """Return its time zone where it is another than the workspace's."""
    return contact.zone if contact.zone != workspace.zone else ""


def state_of(contact: Contact, workspace: Workspace, now: datetime) -> tuple[str, str]:
    """Return whether it is "open" or "closed" now, and that in words; empty where nobody said its hours."""
    if not contact.hours:
        return "", ""
    local = now.astimezone(_zone(contact, workspace))
    until = measures.open_until(contact.hours, local)
    if until is not None:
        return "open", _("Open until %(time)s") % {"time": measures.clock(until)}
    days, minute = measures.opens_next(contact.hours, local) or (0, 0)
    time = measures.clock(minute)
    if days == 0:
        return "closed", _("Closed, opens at %(time)s") % {"time": time}
    if days == 1:
        return "closed", _("Closed, opens tomorrow at %(time)s") % {"time": time}
    return "closed", _("Closed, opens on %(day)s at %(time)s") % {
        "day": WEEKDAYS[(local.weekday() + days) % 7],
        "time": time,
    }


def reply_words(contact: Contact) -> str:
    """Return how soon it replies: "within 4 hours"; empty where nobody said it."""
    n = contact.reply_within
    if not n:
        return ""
    words: dict[str, Any] = {
        "minutes": ngettext("within %(n)d minute", "within %(n)d minutes", n),
        "hours": ngettext("within %(n)d hour", "within %(n)d hours", n),
        "days": ngettext("within %(n)d day", "within %(n)d days", n),
        "working": ngettext("within %(n)d working day", "within %(n)d working days", n),
    }
    return str(words[contact.reply_unit] % {"n": n})


def _zone(contact: Contact, workspace: Workspace) -> Any:
    return Workspace(zone=contact.zone).tzinfo if contact.zone else workspace.tzinfo
