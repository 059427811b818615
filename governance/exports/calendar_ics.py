"""A member's reviews as an iCalendar file (RFC 5545): all-day events that keep their identity when they move."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDuration

from cxhub.lib import mail
from governance.queries import reviewers
from governance.queries.reviewers import Whose
from orgs.models import Workspace

READ_EVERY = timedelta(hours=4)


def calendar(maps: Sequence[Any], workspace: Workspace) -> bytes:
    """Return the file, the same bytes for the same reviews. Maps are those of queries.calendars."""
    made = Calendar()
    told = {"prodid": "-//CX Hub//Reviews//EN", "version": "2.0", "calscale": "GREGORIAN"}
    name = _("Reviews of %(workspace)s") % {"workspace": workspace.name}
    for key, value in {**told, "name": name, "x-wr-calname": name}.items():
        made.add(key, value)
    made.add("refresh-interval", vDuration(READ_EVERY), parameters={"VALUE": "DURATION"})
    whose = reviewers.of_maps(maps)
    for drawn in maps:
        made.add_component(_event(drawn, whose[drawn.pk], workspace))
    return bytes(made.to_ical())


def _event(drawn: Any, whose: Whose, workspace: Workspace) -> Event:
    """The turn is part of its identity: a review that is postponed moves, the one after it is another event."""
    url = mail.absolute(reverse("map_review", args=[workspace.slug, drawn.pk]))
    words = {"names": reviewers.names(whose), "why": reviewers.WHY[whose.why]}
    made = Event()
    made.add("uid", f"review-{drawn.turn}-map-{drawn.pk}-workspace-{workspace.pk}@cxhub")
    made.add("dtstamp", _decided(drawn, workspace.tzinfo))
    made.add("sequence", drawn.sequence + drawn.version)
    made.add("dtstart", drawn.due_on)
    made.add("dtend", drawn.due_on + timedelta(days=1))
    made.add("summary", _("Review: %(map)s") % {"map": _plain(drawn.title)})
    made.add("description", _plain(_("Reviewed by %(names)s (%(why)s)") % words) + f"\n{url}")
    made.add("url", url)
    made.add("transp", "TRANSPARENT")
    return made


def _decided(drawn: Any, zone: tzinfo) -> datetime:
    day = drawn.planned_on or drawn.created_at.astimezone(zone).date()
    return datetime.combine(day, time(), tzinfo=UTC)


def _plain(text: str) -> str:
    """Leave out what no calendar may hold: control characters other than the ends of lines."""
    return "".join(each for each in text if each in "\n\t" or each.isprintable() or ord(each) > 0x9F)
