"""Finds what the file of a map names among the records of the workspace, and says what is not there. Writes nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from journeys.models import Channel, Finding, Journey, LifecyclePhase, Map, MapImport, Touchpoint
from journeys.pipelines.map_import.parts import same_names
from journeys.queries import drilldowns
from journeys.queries.abouts import ABOUT
from orgs.models import Member

Key = tuple[str, str]
Child = tuple[str, int]
"""The title of a child map, and its id in the workspace that the file comes from."""


@dataclass
class Plan:
    """What would come of a file: each thing it names with the record that it means, None where there is none."""

    document: Mapping[str, Any]
    journey: Journey | None
    people: dict[str, Member | None] = field(default_factory=dict)
    phases: dict[str, LifecyclePhase | None] = field(default_factory=dict)
    channels: dict[str, Channel | None] = field(default_factory=dict)
    touchpoints: dict[Key, Touchpoint | None] = field(default_factory=dict)
    findings: dict[Key, Finding | None] = field(default_factory=dict)
    abouts: dict[Key, Any] = field(default_factory=dict)
    children: dict[Child, Map | None] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    @property
    def fingerprint(self) -> str:
        """Return the name of what was looked at: another one when a record came, went or changed its name since."""
        matched: tuple[Mapping[Any, Any], ...] = (
            self.people,
            self.phases,
            self.channels,
            self.touchpoints,
            self.findings,
            self.abouts,
            self.children,
        )
        told = [sorted((str(key), row.pk if row else 0) for key, row in each.items()) for each in matched]
        return sha256(f"{self.document} {told}".encode()).hexdigest()

    def missing(self, name: str) -> list[Any]:
        """Return what the file names and the workspace has not."""
        return [key for key, row in getattr(self, name).items() if row is None]


def plan(kept: MapImport) -> Plan:
    """Say what a file would make. A fixed number of queries, however large it is."""
    told = kept.document
    steps = [step for stage in told["stages"] for step in stage["steps"]]
    wanted = [(one["name"], one["channel"]) for step in steps for one in step["touchpoints"]]
    made = Plan(told, _journey(told["journey"] or told["title"]))
    made.people = {role: person for role in ("owner", "sponsor") for person in [_person(told, role)]}
    phases = _by_name(LifecyclePhase.objects.all())
    made.phases = {stage["phase"]: phases.get(folded(stage["phase"])) for stage in told["stages"]}
    channels = _by_name(Channel.objects.all())
    made.channels = {channel: channels.get(folded(channel)) for _name, channel in wanted if channel}
    made.touchpoints = _touchpoints(wanted)
    made.findings = _findings([(one["kind"], one["name"]) for step in steps for one in step.get("findings", ())])
    for name, kind in ABOUT.items():
        there = _by_name(kind.model.objects.all()) if told[name] else {}
        made.abouts |= {(name, each): there.get(folded(each)) for each in told[name]}
    made.children = _children([key for step in steps if (key := child_of(step))], told)
    made.warnings = [*same_names(told), *_unknown_people(told, made.people), *_unknown_children(made.children)]
    return made


def folded(name: str) -> str:
    """Return a name as the unique indexes of the database compare it."""
    return " ".join(name.split()).lower()


def child_of(step: Mapping[str, Any]) -> Child | None:
    """Return the child map that a step of the file leads to."""
    told = step.get("child")
    return (told["title"], told.get("id", 0)) if told else None


def _children(wanted: list[Child], told: Mapping[str, Any]) -> dict[Child, Map | None]:
    """By title and id: a map of another workspace may have the same number, one of this the same title."""
    rows = Map.objects.current().in_bulk({pk for _title, pk in wanted}) if wanted else {}
    above = Map(level=told["level"])
    fitting = {pk: row for pk, row in rows.items() if drilldowns.is_lower(row, than=above)}
    return {
        (title, pk): row if (row := fitting.get(pk)) and folded(row.title) == folded(title) else None
        for title, pk in wanted
    }


def _unknown_children(children: Mapping[Child, Map | None]) -> list[str]:
    words = _("The child map “%(title)s” is not here: the steps that lead to it lead nowhere until you choose one.")
    return [words % {"title": title} for title in dict.fromkeys(key[0] for key, row in children.items() if row is None)]


def _by_name(rows: Iterable[Any]) -> dict[str, Any]:
    return {folded(row.name): row for row in rows}


def _journey(name: str) -> Journey | None:
    same = [row for row in Journey.objects.filter(archived_at=None) if folded(row.name) == folded(name)]
    return same[0] if same else None


def _person(told: Mapping[str, Any], role: str) -> Member | None:
    """Return the member of this address, else the only one of this name."""
    email, name = folded(told.get(f"{role}_email", "")), folded(told[role])
    members = list(Member.objects.current().select_related("user")) if email or name else []
    by_email = [member for member in members if folded(member.user.email) in {email, name}]
    by_name = [member for member in members if name and folded(str(member)) == name]
    return next(iter(by_email), by_name[0] if len(by_name) == 1 and not email else None)


def _unknown_people(told: Mapping[str, Any], people: Mapping[str, Member | None]) -> list[str]:
    words = _("“%(name)s” is nobody here, or several. Choose the person below, or leave it open.")
    return [words % {"name": told[role]} for role, found in people.items() if found is None and told[role]]


def _touchpoints(wanted: list[Key]) -> dict[Key, Touchpoint | None]:
    """By name and channel: one in use, else the one it was merged into, else one of the archive; last by name alone."""
    if not wanted:
        return {}
    found: dict[Key, Touchpoint] = {}
    rows = list(Touchpoint.objects.select_related("channel", "merged_into").defer("search_text").order_by("pk"))
    for row in sorted(rows, key=lambda row: (row.archived_at is None, row.merged_into_id is not None)):
        place = (folded(row.name), folded(row.channel.name) if row.channel else "")
        found[place] = row.merged_into or row
    alone = Counter(folded(row.name) for row in rows if row.archived_at is None)
    named = {folded(row.name): row for row in rows if row.archived_at is None and alone[folded(row.name)] == 1}
    return {
        (name, channel): found.get((folded(name), folded(channel))) or (None if channel else named.get(folded(name)))
        for name, channel in wanted
    }


def _findings(wanted: list[Key]) -> dict[Key, Finding | None]:
    """By kind and name: one in use, else the one it was merged into, else one of the archive."""
    rows = list(Finding.objects.select_related("merged_into").defer("search_text").order_by("pk")) if wanted else []
    found: dict[Key, Finding] = {}
    for row in sorted(rows, key=lambda row: (row.archived_at is None, row.merged_into_id is not None)):
        found[row.kind, folded(row.name)] = row.merged_into or row
    return {(kind, name): found.get((kind, folded(name))) for kind, name in wanted}
