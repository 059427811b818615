"""What happened to a finding, worded for people."""

from dataclasses import dataclass
from datetime import tzinfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.finding_fields import FIELDS
from journeys.models import Finding
from journeys.queries.history import FieldChange, listed, who
from orgs.models import AuditEntry

SHOWN = 20
WORDS = {
    "finding.create": gettext_lazy("%(who)s made it"),
    "finding.archive": gettext_lazy("%(who)s archived it"),
    "finding.restore": gettext_lazy("%(who)s restored it"),
}


@dataclass(frozen=True)
class Line:
    """One entry: who did what when, and the fields it changed."""

    at: str
    when: str
    sentence: str
    changes: list[FieldChange]


def lines(finding: Finding, zone: tzinfo) -> list[Line]:
    """Return the latest entries, newest first, with one query; `zone` is the workspace's."""
    found = AuditEntry.objects.filter(subject_type="finding", subject_id=finding.pk)
    return [_line(entry, zone) for entry in found.select_related("actor__user").order_by("-pk")[:SHOWN]]


def _line(entry: AuditEntry, zone: tzinfo) -> Line:
    changed = [key for key in FIELDS if key in entry.after and entry.action == "finding.edit"]
    named = listed([str(FIELDS[key].named) for key in changed])
    pattern = str(WORDS.get(entry.action, _("%(who)s changed %(fields)s")))
    local = entry.at.astimezone(zone)
    return Line(
        local.isoformat(),
        date_format(local, "j M Y, H:i"),
        pattern % {"who": who(entry), "fields": named},
        [_change(entry, key) for key in changed],
    )


def _change(entry: AuditEntry, key: str) -> FieldChange:
    field = FIELDS[key]
    return FieldChange(key, str(field.label), field.words(entry.before.get(key)), field.words(entry.after[key]))
