"""Tells people of a version of a map, once each; keeps who has read it, and reminds the others once."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from governance.models import Acknowledgement, Addressee, ChangeNote, Review, ReviewStep
from governance.queries import audiences, sharing
from governance.services import plans
from governance.services.reviews import ReviewError
from journeys.models import MapVersion
from journeys.queries import maps
from orgs.models import Member
from orgs.services import audit, notifications

LONGEST = 2000


class BadShare(ReviewError):
    """Nothing is said, or to nobody."""


class NotTold(ReviewError):
    """The member was not told of this version."""

    def __init__(self) -> None:
        super().__init__(_("You were not told of this version, so there is nothing to acknowledge."))


@transaction.atomic
def share(*, version: MapVersion, text: str, members: Collection[int], by: Member, now: datetime) -> int:
    """Tell members of a version, and return how many were not told of it before; the share step of a review is done.

    Raises BadShare, plans.IsNotReviewed.
    """
    clean = text.replace("\0", "").strip()
    if not clean or len(clean) > LONGEST:
        raise BadShare(_("Say what is new, in at most %(most)d characters.") % {"most": LONGEST})
    plans.hold(version.map_id)
    found = audiences.of(maps.one().get(pk=version.map_id))
    told = set(Addressee.objects.filter(version=version).values_list("member_id", flat=True))
    new = sorted((set(members) & set(found.members)) - told - {by.pk})
    if not new:
        raise BadShare(_("Choose somebody who was not told of this version yet."))
    note = ChangeNote.objects.create(version=version, text=clean, by=by, at=now)
    Addressee.objects.bulk_create(
        Addressee(version=version, note=note, member_id=pk, why=found.whys.get(pk, {})) for pk in new
    )
    notifications.tell(members=new, kind="version.shared", thing=version, occasion=f"shared:{version.pk}", by=by)
    audit.record("map.share", version.map, by=by, after={"version": version.number, "note": clean, "people": len(new)})
    review = Review.objects.filter(map=version.map_id, closed_at=None).first()
    if review:
        ReviewStep.objects.get_or_create(review=review, step=ReviewStep.Step.SHARE, defaults={"by": by, "at": now})
    return len(new)


@transaction.atomic
def acknowledge(*, version: MapVersion, by: Member, now: datetime) -> Acknowledgement:
    """Keep that a member has read what was told; the same word twice is one. Raises NotTold."""
    held = Addressee.objects.select_for_update(of=("self",), no_key=True).filter(version=version, member=by).first()
    if held is None:
        raise NotTold
    if kept := Acknowledgement.objects.filter(version=version, member=by).first():
        return kept
    made: Acknowledgement = Acknowledgement.objects.create(version=version, member=by, at=now)
    audit.record("map.acknowledge", version.map, by=by, after={"version": version.number})
    notifications.settle(thing=version, kinds=["version.shared", "version.reminder"], now=now, members=[by.pk])
    return made


@transaction.atomic
def remind(*, version: MapVersion, by: Member, now: datetime) -> int:
    """Remind those once who have not read what they were told, and return how many."""
    left = [each.member.pk for each in sharing.readers(version) if each.read_at is None and not each.is_reminded]
    rows = Addressee.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    held = list(rows.filter(version=version, member__in=left, reminded_at=None))
    Addressee.objects.filter(pk__in=[each.pk for each in held]).update(reminded_at=now)
    members = [each.member_id for each in held]
    notifications.tell(members=members, kind="version.reminder", thing=version, occasion=f"remind:{version.pk}", by=by)
    if held:
        audit.record("map.remind_readers", version.map, by=by, after={"version": version.number, "people": len(held)})
    return len(held)
