"""The lifecycle phases: those a new workspace begins with, adding, renaming and ordering them."""

from django.db import transaction
from django.utils.translation import gettext as _

from journeys.models import LifecyclePhase
from orgs.models import Member
from orgs.services import audit, naming, stale


def begin(*, by: Member) -> None:
    """Give a new workspace the usual seven phases; people rename them to their own."""
    names = [_("Discover"), _("Choose"), _("Buy"), _("Start"), _("Use"), _("Get help"), _("Renew")]
    phases = LifecyclePhase.objects.bulk_create(
        [LifecyclePhase(name=name, position=position) for position, name in enumerate(names)]
    )
    audit.record_many("phase.create", phases, by=by, after={phase.pk: {"name": phase.name} for phase in phases})


@transaction.atomic
def find_or_create(name: str, *, by: Member) -> tuple[LifecyclePhase, bool]:
    """Return the phase of this name, made after the last one if it is new."""
    last = _in_order()[-1:]
    rows = LifecyclePhase.objects.all()
    phase, is_new = naming.find_or_create(rows, name, made_with={"position": last[0].position + 1 if last else 0})
    if is_new:
        audit.record("phase.create", phase, by=by, after={"name": phase.name})
    return phase, is_new


def values_of(phase: LifecyclePhase) -> dict[str, str]:
    """What its form shows, to find out whether somebody else changed it meanwhile."""
    return {"name": phase.name}


@transaction.atomic
def rename(*, phase: LifecyclePhase, name: str, was: str, by: Member) -> None:
    """Give a phase another name. Raises ChangedMeanwhile, naming.NameIsTaken, naming.NoName."""
    locked = LifecyclePhase.objects.select_for_update().get(pk=phase.pk)
    before = values_of(locked)
    stale.refuse(was, before)
    naming.rename(locked, name)
    if locked.name != before["name"]:
        audit.record("phase.rename", locked, by=by, before=before, after={"name": locked.name})


@transaction.atomic
def move(*, phase: LifecyclePhase, by_places: int, by: Member) -> None:
    """Move a phase so many places down (up when negative), at most to the end."""
    phases = _in_order()
    before = [one.name for one in phases]
    at = next(place for place, one in enumerate(phases) if one.pk == phase.pk)
    phases.insert(max(0, min(len(phases) - 1, at + by_places)), phases.pop(at))
    after = [one.name for one in phases]
    for position, one in enumerate(phases):
        one.position = position
    LifecyclePhase.objects.bulk_update(phases, ["position"])
    if before != after:
        audit.record("phase.move", phase, by=by, before={"order": before}, after={"order": after})


def _in_order() -> list[LifecyclePhase]:
    """All phases, held, so that two people who reorder them take turns."""
    return list(LifecyclePhase.objects.select_for_update().order_by("position", "id"))
