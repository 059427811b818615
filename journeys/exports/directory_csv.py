"""Who to contact as CSV: a line for each touchpoint of each need, and one for each need without any."""

from collections.abc import Iterator
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cxhub.web.csv_lines import csv_lines
from journeys.queries import directory_rows
from journeys.queries.directory import MISSING, NO_CONTACT, NO_OWNER, Filters
from journeys.queries.directory_rows import Entry, Place
from journeys.queries.directory_search import Found
from orgs.scope import scope

CHUNK = 500


def lines(request: HttpRequest, filters: Filters, found: Found, *, now: datetime) -> Iterator[str]:
    """Yield the header and the lines of these entries. Streamed after the request's scope, so it opens its own."""
    workspace = request.workspace  # type: ignore[attr-defined]
    with scope(workspace.pk, user_id=request.user.pk):  # type: ignore[union-attr]
        head = [_("Customer need"), _("Touchpoint"), _("Channel"), _("Department"), _("Lead"), _("Steward")]
        head += [_("Does the work"), _("Phone"), _("E-mail"), _("Other ways"), _("Hours"), _("Time zone")]
        yield from csv_lines([[*head, _("Note on the hours"), _("Replies"), _("What is missing")]])
        lists = directory_rows.known()
        for at in range(0, len(found.entries), CHUNK):
            told = directory_rows.entries(
                found.entries[at : at + CHUNK], found, filters, lists, workspace=workspace, now=now
            )
            yield from csv_lines(line for entry in told for line in _of(entry, workspace.zone))


def _of(entry: Entry, zone: str) -> Iterator[list[str]]:
    need = entry.record.name if entry.is_need else ""
    if not entry.places:
        yield [need, *[""] * 13, _("No touchpoint")]
    for place in entry.places:
        yield [need, *_line(place, zone)]


def _line(place: Place, zone: str) -> list[str]:
    contact, steward = place.contact, place.touchpoint.steward
    missing = "" if contact.is_reachable else str(MISSING[NO_CONTACT if place.department else NO_OWNER])
    return [
        place.touchpoint.name,
        place.channel,
        place.department.name if place.department else "",
        ", ".join(place.leads),
        str(steward) if steward else "",
        ", ".join(place.workers),
        contact.phone,
        contact.email,
        contact.elsewhere,
        "; ".join(place.hours),
        (place.zone or zone) if place.hours else "",
        contact.hours_note,
        place.reply,
        missing,
    ]
