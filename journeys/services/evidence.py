"""Says how well a step of a map is supported, and by what."""

from django.db import transaction
from django.utils.translation import gettext as _

from cxhub.lib.one_line import one_line
from journeys.models import Evidence, Step
from journeys.services import structures
from orgs.models import Member
from orgs.services import audit

LONGEST = 300


class BadEvidence(Exception):
    """It is no kind of evidence, or what validates it is not said."""


class EvidenceChanged(Exception):
    """Somebody else stated it otherwise meanwhile; `theirs` is how it stands now."""

    def __init__(self, theirs: Step) -> None:
        told = ": ".join(filter(None, (theirs.get_evidence_display(), theirs.evidence_source))) or _("not said")
        words = _("Somebody changed this meanwhile to “%(theirs)s”. Yours was not saved; save again to replace theirs.")
        super().__init__(words % {"theirs": told})
        self.theirs = theirs


@transaction.atomic
def state(*, step: Step, evidence: str, source: str, was: tuple[str, str] | None = None, by: Member) -> Step:
    """State the evidence of a step; "" takes it back. `was` is the evidence and source that the person saw, if any.

    Raises BadEvidence, EvidenceChanged, structures.PartIsGone, structures.MapIsArchived.
    """
    news = {"evidence": evidence, "evidence_source": _clean(evidence, source)}
    structures.hold(step.stage.map_id)
    held: Step = structures.anew(Step.objects.all(), step.pk)
    before = _values(held)
    if before == news:
        return held
    if was is not None and was != tuple(before.values()):
        raise EvidenceChanged(held)
    held.evidence, held.evidence_source = news["evidence"], news["evidence_source"]
    held.save(update_fields=["evidence", "evidence_source"])
    audit.record("step.evidence", held, by=by, before=before, after=news)
    return held


def _values(step: Step) -> dict[str, str]:
    return {"evidence": step.evidence, "evidence_source": step.evidence_source}


def _clean(evidence: str, source: str) -> str:
    """Return the source with single blanks. Raises BadEvidence."""
    if evidence and evidence not in Evidence.values:
        raise BadEvidence(_("Choose one of the kinds of evidence."))
    plain = one_line(source, LONGEST, BadEvidence) if evidence else ""
    if evidence == Evidence.VALIDATED and not plain:
        raise BadEvidence(_("Say what validated it, such as “12 interviews, May”."))
    return plain
