"""Who stands behind a number: its owner certifies it, anybody may dispute it, the owner's word ends a dispute."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from insights.measures.registry import measure
from insights.models import Dispute, DisputeReply, Kpi, Source
from insights.queries.scales import scale_of
from orgs.models import Member
from orgs.services import audit, notifications


class TrustError(Exception):
    """It cannot be done now; str() is the sentence for the person."""


class OnlyTheOwner(TrustError):
    """Somebody else than the KPI's owner gave the owner's word."""


class IsDisputed(TrustError):
    """The KPI has an open dispute."""


class DisputeIsOver(TrustError):
    """The dispute has its outcome."""


@transaction.atomic
def name_owner(*, kpi: Kpi, owner: Member | None, by: Member) -> None:
    """Make a member the KPI's owner. What the last owner certified, the new one has not."""
    locked = _locked(kpi)
    if locked.owner_id == (owner.pk if owner else None):
        return
    before, locked.owner = locked.owner, owner
    locked.save()
    names = [str(each) if each else "" for each in (before, owner)]
    audit.record("kpi.name_owner", locked, by=by, before={"owner": names[0]}, after={"owner": names[1]})
    if locked.certified_at:
        _withdraw(locked, because=_("The KPI has another owner."), by=by)


@transaction.atomic
def certify(*, kpi: Kpi, by: Member, now: datetime) -> None:
    """Let the owner say "my number" of the KPI as it is defined now. Raises OnlyTheOwner, IsDisputed."""
    locked = _locked(kpi)
    _require_owner(locked, by)
    if locked.trust == Kpi.Trust.DISPUTED:
        raise IsDisputed(_("This KPI is disputed. Give the dispute its outcome first."))
    before = locked.standing
    locked.trust, locked.certified_by, locked.certified_at = Kpi.Trust.CERTIFIED, by, now
    locked.certified_definition, locked.certified_as = definition_of(locked), locked.definition_key
    locked.save()
    after = {"trust": locked.trust, "definition": locked.certified_definition}
    audit.record("kpi.certify", locked, by=by, before={"trust": before}, after=after)


@transaction.atomic
def dispute(*, kpi: Kpi, reason: str, by: Member, now: datetime) -> Dispute:
    """Say that the number is not right, and why. Raises IsDisputed."""
    locked = _locked(kpi)
    if locked.trust == Kpi.Trust.DISPUTED:
        raise IsDisputed(_("This KPI is disputed already. Add what you know to that dispute."))
    before, locked.trust = locked.standing, Kpi.Trust.DISPUTED
    locked.save()
    opened = Dispute.objects.create(kpi=locked, by=by, at=now, reason=reason)
    audit.record("kpi.dispute", locked, by=by, before={"trust": before}, after={"trust": "disputed", "reason": reason})
    notifications.tell(members=[locked.owner_id], kind="dispute.opened", thing=opened, occasion="opened", by=by)
    return opened


@transaction.atomic
def reply(*, dispute: Dispute, text: str, by: Member, now: datetime) -> DisputeReply:
    """Add to an open dispute. Raises DisputeIsOver."""
    _locked(dispute.kpi)
    said = DisputeReply.objects.create(dispute=_still_open(dispute), by=by, at=now, text=text)
    audit.record("dispute.reply", dispute, by=by, after={"text": text})
    heard = {dispute.by_id, dispute.kpi.owner_id, *dispute.replies.values_list("by_id", flat=True)}
    notifications.tell(
        members=heard,
        kind="dispute.reply",
        thing=dispute,
        occasion=f"reply {said.pk}",
        by=by,
        data={"text": text[:240]},
    )
    return said


@transaction.atomic
def decide(*, dispute: Dispute, outcome: str, words: str, by: Member, now: datetime) -> Dispute:
    """Let the owner end a dispute. Dismissed, the KPI stands as before; otherwise it is to be certified again.

    Raises OnlyTheOwner, DisputeIsOver.
    """
    locked = _locked(dispute.kpi)
    _require_owner(locked, by)
    ended = _still_open(dispute)
    ended.outcome, ended.outcome_words, ended.decided_by, ended.decided_at = outcome, words, by, now
    ended.save()
    locked.trust = Kpi.Trust.CERTIFIED if locked.certified_at else Kpi.Trust.UNCONFIRMED
    locked.save()
    audit.record("dispute.decide", ended, by=by, before={"outcome": ""}, after={"outcome": outcome, "words": words})
    notifications.settle(thing=ended, kinds=["dispute.opened"], now=now)
    heard = {ended.by_id, *ended.replies.values_list("by_id", flat=True)}
    notifications.tell(members=heard, kind="dispute.outcome", thing=ended, occasion="decided", by=by)
    if outcome != Dispute.Outcome.DISMISSED and locked.certified_at:
        _withdraw(locked, because=str(Dispute.Outcome(outcome).label), by=by)
    return ended


@transaction.atomic
def source_changed(*, source: Source, because: str, by: Member | None) -> None:
    """Make the source's certified KPIs unconfirmed: their numbers mean something else than what was certified."""
    held = Kpi.objects.select_for_update().filter(source=source).exclude(certified_at=None).order_by("pk")
    for kpi in held:
        _withdraw(kpi, because=because, by=by)


def definition_of(kpi: Kpi) -> str:
    """Return the definition in words, as the owner sees it before certifying."""
    found = measure(kpi.measure)
    source = _("From %(source)s.") % {"source": kpi.source.name}
    return f"{found.name}: {found.explain(scale_of(kpi))} {source}"


def _withdraw(kpi: Kpi, *, because: str, by: Member | None) -> None:
    before = {"trust": kpi.trust, "certified_by": str(kpi.certified_by), "definition": kpi.certified_definition}
    if kpi.trust == Kpi.Trust.CERTIFIED:
        kpi.trust = Kpi.Trust.UNCONFIRMED
    kpi.certified_by, kpi.certified_at, kpi.certified_definition, kpi.certified_as = None, None, "", ""
    kpi.save()
    audit.record("kpi.unconfirm", kpi, by=by, before=before, after={"trust": kpi.trust, "because": because})


def _locked(kpi: Kpi) -> Kpi:
    """The KPI as it is now; whoever speaks of its trust takes turns."""
    return Kpi.objects.select_for_update().get(pk=kpi.pk)


def _still_open(dispute: Dispute) -> Dispute:
    found = Dispute.objects.get(pk=dispute.pk)
    if not found.is_open:
        raise DisputeIsOver(_("This dispute has its outcome. Open a new one if the number is still not right."))
    return found


def _require_owner(kpi: Kpi, by: Member) -> None:
    if kpi.owner_id != by.pk:
        raise OnlyTheOwner(_("Only the KPI’s owner can say this."))
