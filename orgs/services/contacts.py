"""Keeps how a department is reached, its hours and how soon it replies."""

from typing import Any

from django.db import transaction

from orgs import measures
from orgs.models import Contact, Department, Member
from orgs.services import audit, stale

DAYS = tuple(f"day_{number}" for number in range(7))  # Monday first, each as one types it
PLAIN = ("phone", "email", "elsewhere", "hours_note", "zone", "reply_within", "reply_unit")


def values_of(contact: Contact) -> dict[str, Any]:
    """What the form of a contact shows, to find out whether somebody else changed it meanwhile."""
    days = {key: measures.typed(measures.spans_of(contact.hours, number)) for number, key in enumerate(DAYS)}
    return {key: getattr(contact, key) for key in PLAIN} | days


@transaction.atomic
def put(*, department: Department, was: str, by: Member, **values: Any) -> None:
    """Keep how a department is reached. Raises ChangedMeanwhile, and BadHours for a day that says no hours."""
    Department.objects.select_for_update().get(pk=department.pk)  # it may have no contact to lock yet
    held = Contact.objects.filter(department=department).first() or Contact(department=department)
    before = values_of(held)
    stale.refuse(was, before)
    for key in PLAIN:
        setattr(held, key, values[key])
    held.hours = [[number, start, end] for number, key in enumerate(DAYS) for start, end in measures.read(values[key])]
    after = values_of(held)
    changed = [key for key in after if after[key] != before[key]]
    if changed:
        held.save()
        told = {key: before[key] for key in changed}, {key: after[key] for key in changed}
        audit.record("department.contact", department, by=by, before=told[0], after=told[1])
