"""What "Who to contact" shows of one entry: where its words lead, and what may be done where something is missing."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from journeys.queries.directory import Filters, Known
from journeys.queries.directory_rows import Entry, Place
from orgs import access
from orgs.forms.contacts import ContactForm
from orgs.models import Contact, Department
from orgs.permissions import Permission
from orgs.queries import contacts
from orgs.views.frames import url

MOST = 4  # places of one need, before all of them are one press away


def entry(request: HttpRequest, told: Entry, filters: Filters) -> dict[str, Any]:
    """Return one entry, ready for the template."""
    page = "finding" if told.is_need else "touchpoint"
    most = None if filters.need else MOST
    more = max(0, len(told.places) - MOST) if most else 0
    return {
        "id": f"{page}-{told.record.pk}",
        "name": told.record.name,
        "detail": told.detail,
        "is_need": told.is_need,
        "url": url(request, page, told.record.pk),
        "places": [_place(request, each, is_named=told.is_need) for each in told.places[:most]],
        "more": more,
        "more_url": f"?{urlencode({'need': told.record.pk})}" if more else "",
    }


def own(request: HttpRequest, lists: Known) -> list[dict[str, str]]:
    """Return the departments whose contact the reader keeps, with the way to do so."""
    return [
        {"name": each.name, "url": url(request, "contact", each.pk)}
        for each in lists.departments
        if _may_edit(request, each)
    ]


def history(request: HttpRequest, department: Department) -> list[dict[str, str]]:
    """Return who changed what of a department's contact, newest first."""
    zone = request.workspace.tzinfo  # type: ignore[attr-defined]
    labels = {name: str(field.label) for name, field in ContactForm.base_fields.items()}
    told = []
    for each in contacts.history(department):
        names = ", ".join(label for key, label in labels.items() if key in each.after)
        when = date_format(each.at.astimezone(zone), "j M Y, H:i")
        told.append({"text": _("%(who)s changed: %(names)s") % {"who": each.actor or "", "names": names}, "when": when})
    return told


def _place(request: HttpRequest, told: Place, *, is_named: bool) -> dict[str, Any]:
    slug, touchpoint = request.workspace.slug, told.touchpoint  # type: ignore[attr-defined]
    contact, department = told.contact, told.department
    unowned = f"{reverse('unowned', args=[slug])}?{urlencode({'q': touchpoint.name})}"
    may_edit = department is not None and _may_edit(request, department)
    return {
        "name": touchpoint.name if is_named else "",
        "url": url(request, "touchpoint", touchpoint.pk),
        "channel": told.channel,
        "department": department,
        "leads": ", ".join(told.leads),
        "steward": "" if str(touchpoint.steward) in told.leads else touchpoint.steward,
        "workers": ", ".join(told.workers),
        "phone": contact.phone,
        "phone_url": _dialled(contact.phone),
        "email": contact.email,
        "elsewhere": contact.elsewhere,
        "is_reachable": contact.is_reachable,
        "hours": told.hours,
        "note": contact.hours_note,
        "zone": told.zone,
        "state": told.state,
        "state_words": told.state_words,
        "reply": told.reply,
        "unowned_url": "" if department else unowned,
        "edit_url": url(request, "contact", department.pk) if department and may_edit else "",
    }


def _may_edit(request: HttpRequest, department: Department) -> bool:
    return access.may(request.member, Permission.CONTACT_EDIT, Contact(department=department))  # type: ignore[attr-defined]


def _dialled(phone: str) -> str:
    """Return the number as a phone dials it: without what stands in brackets, blanks and strokes."""
    kept = "".join(sign for sign in phone.split("(0)")[0] + "".join(phone.split("(0)")[1:]) if sign in "+0123456789*#")
    return f"tel:{kept}" if kept else ""
