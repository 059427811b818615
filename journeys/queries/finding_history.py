"""What happened to a finding, worded for people."""

from dataclasses import dataclass
from datetime import tzinfo

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.finding_fields import FIELDS
from journeys.models import Finding
from journeys.queries.history import FieldChange, Line, listed, who
from journeys.registry import HISTORY_WORDS
from orgs.models import AuditEntry

SHOWN = 20
WORDS = {
    "finding.create": gettext_lazy("%(who)s made it"),
    "finding.archive": gettext_lazy("%(who)s archived it"),
    "finding.restore": gettext_lazy("%(who)s restored it"),
    "finding.merge": gettext_lazy("%(who)s merged “%(merged)s” into this one"),
    "finding.merge_away": gettext_lazy("%(who)s merged it into “%(into)s”"),
}


@dataclass(frozen=True)
class Dated:
    """A line of the page: when it happened by the clock of the workspace, and the line."""

    at: str
    when: str
    line: Line


def entries(finding: Finding) -> QuerySet[AuditEntry]:
    """The audit entries of a finding and of all that were merged into it, newest first."""
    merged = Finding.objects.filter(merged_into=finding).values("pk")
    ours = Q(subject_id=finding.pk) | Q(subject_id__in=merged)
    found = AuditEntry.objects.filter(ours, subject_type="finding")
    return found.select_related("actor__user").order_by("-pk")


def lines(finding: Finding, zone: tzinfo) -> list[Dated]:
    """Return the latest entries, newest first, with one query; `zone` is the workspace's."""
    dated = [(entry.at.astimezone(zone), line(finding, entry)) for entry in entries(finding)[:SHOWN]]
    return [Dated(local.isoformat(), date_format(local, "j M Y, H:i"), told) for local, told in dated]


def line(finding: Finding, entry: AuditEntry) -> Line:
    """Word one entry, as the history of a touchpoint does."""
    of = "" if entry.subject_id == finding.pk else entry.subject_label
    return Line(entry, entry.at, who(entry), sentence(entry), changes(entry), of, can_be_undone=False)


def sentence(entry: AuditEntry) -> str:
    """Say what happened: “Lea changed the source”."""
    named = listed([str(FIELDS[key].named) for key in _changed(entry)])
    pattern = str({**WORDS, **HISTORY_WORDS}.get(entry.action, _("%(who)s changed %(fields)s")))
    told = {key: entry.after.get(key, "") for key in ("merged", "into")}
    return pattern % {**told, "who": who(entry), "fields": named}


def changes(entry: AuditEntry) -> list[FieldChange]:
    """Return the fields that an entry changed, in words."""
    return [_change(entry, key) for key in _changed(entry)]


def _changed(entry: AuditEntry) -> list[str]:
    return [key for key in FIELDS if key in entry.after]


def _change(entry: AuditEntry, key: str) -> FieldChange:
    field = FIELDS[key]
    return FieldChange(key, str(field.label), field.words(entry.before.get(key)), field.words(entry.after[key]))
