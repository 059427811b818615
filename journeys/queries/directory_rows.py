"""What "Who to contact" says of one page's entries: each place with department, person, ways, hours and reply time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from journeys.models import Finding, Involvement, Touchpoint
from journeys.queries import directory, involvements, touchpoints
from journeys.queries.directory import NEED, Filters, Known
from journeys.queries.directory_search import Found
from orgs.models import Contact, Department, Workspace
from orgs.queries import contacts

NO_CONTACT = Contact()


@dataclass(frozen=True)
class Place:
    """One touchpoint, and who stands behind it. Without an owner there is no department, person or way."""

    touchpoint: Touchpoint
    channel: str
    department: Department | None
    leads: Sequence[str]
    workers: Sequence[str]
    """Other departments that do the work, each with who leads it."""
    contact: Contact
    hours: Sequence[str]
    zone: str
    state: str
    state_words: str
    reply: str


@dataclass(frozen=True)
class Entry:
    """A need of customers, or a touchpoint that no need stands beside."""

    kind: int
    record: Finding | Touchpoint
    places: Sequence[Place]

    @property
    def is_need(self) -> bool:
        return self.kind == NEED

    @property
    def detail(self) -> str:
        record = self.record
        return record.description or (record.promise if isinstance(record, Touchpoint) else "")


def known() -> Known:
    """Return the departments in use, who leads them, and the channels. Three queries."""
    departments = list(touchpoints.departments())
    return Known(departments, involvements.leads_by_department(), list(touchpoints.channels()))


def entries(
    wanted: Sequence[directory.Entry],
    found: Found,
    filters: Filters,
    lists: Known,
    *,
    workspace: Workspace,
    now: datetime,
) -> list[Entry]:
    """Return what is said of these of the entries found, in six queries however many."""
    ids = [pk for kind, pk in wanted if kind == NEED]
    needs = Finding.objects.defer("search_text").in_bulk(ids)
    pairs = directory.pairs(ids, found.steps, filters)
    alone = [pk for kind, pk in wanted if kind != NEED]
    every = list(dict.fromkeys([*alone, *(pk for held in pairs.values() for pk in held)]))
    made = _places(every, lists, workspace, now)
    told = []
    for kind, pk in wanted:
        record = needs.get(pk) if kind == NEED else (made[pk].touchpoint if pk in made else None)
        if record is not None:
            held = pairs[pk] if kind == NEED else [pk]
            told.append(Entry(kind, record, [made[each] for each in held if each in made]))
    return told


def _places(ids: Sequence[int], lists: Known, workspace: Workspace, now: datetime) -> dict[int, Place]:
    rows, held = involvements.whole(ids), contacts.every()
    workers: dict[int, list[int]] = {}
    for (touchpoint, department), role in involvements.roles_at(ids).items():
        if role == Involvement.Role.RESPONSIBLE:
            workers.setdefault(touchpoint, []).append(department)
    channels = {each.pk: each.name for each in lists.channels}
    return {pk: _place(row, channels, workers.get(pk, ()), lists, held, workspace, now) for pk, row in rows.items()}


def _place(
    row: Touchpoint,
    channels: Mapping[int, str],
    workers: Iterable[int],
    lists: Known,
    held: Mapping[int, Contact],
    workspace: Workspace,
    now: datetime,
) -> Place:
    owner = None if row.is_unowned else row.accountable_department  # type: ignore[attr-defined]
    contact = held.get(owner.pk, NO_CONTACT) if owner else NO_CONTACT
    state, words = contacts.state_of(contact, workspace, now)
    named = {each.pk: each.name for each in lists.departments}
    doing = [
        _with_leads(named[pk], lists.leads.get(pk, ())) for pk in workers if pk in named and pk != (owner and owner.pk)
    ]
    return Place(
        touchpoint=row,
        channel=channels.get(row.channel_id or 0, ""),
        department=owner,
        leads=lists.leads.get(owner.pk, ()) if owner else (),
        workers=sorted(doing),
        contact=contact,
        hours=contacts.hours_words(contact),
        zone=contacts.zone_of(contact, workspace) if contact.hours else "",
        state=state,
        state_words=words,
        reply=contacts.reply_words(contact),
    )


def _with_leads(name: str, leads: Sequence[str]) -> str:
    return f"{name} ({', '.join(leads)})" if leads else name
