"""Signs off a review, which publishes the map and endorses that version; and what a second endorser adds."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cxhub.lib.one_line import one_line
from governance.models import Endorsement, Review, SecondEndorser
from governance.queries import cycle, endorsements
from governance.queries.endorsements import SECOND, SPONSOR
from governance.services import plans, reviews
from governance.services.reviews import NotDone, ReviewError
from journeys.models import Map, MapVersion
from journeys.queries import documents, maps, marks
from journeys.services import drafts, versions
from orgs.models import Member
from orgs.services import audit, notifications

LONGEST = 500


class NoSponsor(ReviewError):
    """Nobody can sign off."""

    def __init__(self) -> None:
        super().__init__(_("This map has no sponsor, so nobody can sign it off. Name one in the details of the map."))


class NotTheSponsor(ReviewError):
    """Somebody else sponsors the map; nobody signs on a sponsor's behalf."""

    def __init__(self, sponsor: Member) -> None:
        super().__init__(_("Only %(name)s, who sponsors this map, can sign it off.") % {"name": sponsor})


class MapChanged(ReviewError):
    """The map is no longer what the person looked at."""

    def __init__(self) -> None:
        super().__init__(_("The map changed since you looked, so it is not signed off. See what changed, then sign."))


class NothingToEndorse(ReviewError):
    """The version is not the one that was signed off last, or somebody else is asked."""


class BadSecond(ReviewError):
    """This member cannot be the second endorser."""


class BadWords(ReviewError):
    """The words are too long, or missing."""


@transaction.atomic
def sign_off(
    *, review: Review, seen: str, comment: str, by: Member, now: datetime, is_calm: bool = False
) -> Endorsement:
    """Endorse the map as the sponsor read it (`seen` names its document), and publish it where it differs.

    The same word twice is one. `is_calm`: nothing changed and nothing is wrong, so the steps need not be done. Raises
    NoSponsor, NotTheSponsor, MapChanged, NotDone, BadWords, reviews.IsOver.
    """
    clean = _clean(comment)
    held = reviews.open_one(review)
    drawn = _held(held.map_id)
    if drawn.sponsor is None or drawn.sponsor.left_at:
        raise NoSponsor
    if drawn.sponsor_id != by.pk:
        raise NotTheSponsor(drawn.sponsor)
    if not is_calm:
        _check_steps(held)
    if documents.sha256(documents.document(drawn)) != seen:
        raise MapChanged
    version = _version(drawn, seen, clean, by, now)
    made, is_new = _endorse(version, held, SPONSOR, clean, by, now)
    if is_new:
        told = {"kind": "review.signed", "thing": held, "occasion": f"signed:{version.pk}", "by": by}
        notifications.tell(members=[drawn.owner_id, held.by_id], **told)
        _tell_second(drawn, version, held, by)
    return made


@transaction.atomic
def endorse(*, version: MapVersion, comment: str, by: Member, now: datetime) -> Endorsement:
    """Endorse the version that the sponsor signed off last, as the map's second endorser. The same word twice is one.

    Raises NothingToEndorse, BadWords, plans.IsNotReviewed.
    """
    clean = _clean(comment)
    plans.hold(version.map_id)
    asked = SecondEndorser.objects.filter(map=version.map_id, member=by).exists()
    last = endorsements.of_sponsors().filter(version__map=version.map_id).select_related("review").first()
    if not asked:
        raise NothingToEndorse(_("You are not asked to endorse this map."))
    if last is None or last.version_id != version.pk:
        raise NothingToEndorse(_("Another version was signed off meanwhile. Look at that one."))
    made, _is_new = _endorse(version, last.review, SECOND, clean, by, now)
    notifications.settle(thing=last.review, kinds=["endorsement.asked"], now=now, members=[by.pk])
    return made


@transaction.atomic
def ask_second(*, drawn: Map, member: Member | None, by: Member) -> None:
    """Name who endorses a map beside its sponsor, or nobody. Who is named is asked at once, where there is a sign-off.

    Raises BadSecond, plans.IsNotReviewed.
    """
    held = plans.hold(drawn.pk)
    if member and (member.left_at or member.workspace_id != held.workspace_id):
        raise BadSecond(_("Name somebody who is in this workspace."))
    if member and member.pk == held.sponsor_id:
        raise BadSecond(_("%(name)s sponsors the map already. Name somebody else.") % {"name": member})
    kept = SecondEndorser.objects.filter(map=held).select_related("member__user").first()
    if (kept.member_id if kept else None) == (member.pk if member else None):
        return
    if kept and member is None:
        kept.delete()
    elif kept:
        SecondEndorser.objects.filter(pk=kept.pk).update(member=member)
    else:
        SecondEndorser.objects.create(map=held, member=member)
    told = [{"second_endorser": str(who or "")} for who in (kept.member if kept else None, member)]
    audit.record("map.name_second_endorser", held, by=by, before=told[0], after=told[1])
    if last := endorsements.of_sponsors().filter(version__map=held).select_related("version", "review").first():
        _tell_second(held, last.version, last.review, by)


@transaction.atomic
def ask_for_changes(*, review: Review, text: str, by: Member) -> None:
    """Tell the owner of the map what the sponsor wants to be changed before it is signed off.

    Raises NoSponsor, NotTheSponsor, BadWords, reviews.IsOver.
    """
    clean = _clean(text)
    if not clean:
        raise BadWords(_("Say in a sentence what should change."))
    held = reviews.open_one(review)
    drawn = _held(held.map_id)
    if drawn.sponsor is None:
        raise NoSponsor
    if drawn.sponsor_id != by.pk:
        raise NotTheSponsor(drawn.sponsor)
    entry = audit.record("map.ask_for_changes", drawn, by=by, after={"review": held.pk, "text": clean})
    who = drawn.owner_id if drawn.owner_id not in (None, by.pk) else held.by_id
    notifications.tell(
        members=[who],
        kind="review.changes",
        thing=held,
        occasion=f"changes:{entry.pk}",
        by=by,
        data={"text": clean},
    )


def _held(map_id: int) -> Map:
    """The map with its names, whose rows nobody changes until the transaction ends. It is held already."""
    drawn: Map = maps.one().get(pk=map_id)
    drafts.lock(drawn)
    return drawn


def _check_steps(held: Review) -> None:
    done = set(held.steps.values_list("step", flat=True))
    if missing := sorted(cycle.VALIDATED - done):
        raise NotDone(_("To do before it is signed off: %(steps)s.") % {"steps": reviews.named(missing)})


def _version(drawn: Map, seen: str, note: str, by: Member, now: datetime) -> MapVersion:
    newest = MapVersion.objects.filter(map=drawn).first()
    if newest and newest.sha256 == seen:
        return newest
    return versions.publish(drawn=drawn, note=note, is_major=True, by=by, now=now)


def _endorse(
    version: MapVersion, review: Review, capacity: str, comment: str, by: Member, now: datetime
) -> tuple[Endorsement, bool]:
    """Keep the word with its circumstances, and the audit with it; one that is kept already is returned."""
    about = {"version": version, "review": review, "capacity": capacity, "by": by}
    if kept := Endorsement.objects.filter(**about).first():
        return kept, False
    title = ", ".join(dict.fromkeys(str(each) for each in by.roles.select_related("department")))
    own = {"name": str(by)[:200], "title": title[:300], "comment": comment, "sha256": version.sha256}
    mark: str = Map.objects.annotate(told_mark=marks.mark()).values_list("told_mark", flat=True).get(pk=version.map_id)
    made: Endorsement = Endorsement.objects.create(**about, at=now, mark=mark, **own)
    told = {"version": version.number, "review": review.pk, "capacity": capacity, **own}
    audit.record("map.endorse", version.map, by=by, after=told)
    return made, True


def _tell_second(drawn: Map, version: MapVersion, review: Review, by: Member) -> None:
    second = endorsements.second_of(drawn.pk)
    if second and not Endorsement.objects.filter(version=version, review=review, by=second, capacity=SECOND).exists():
        told = {"kind": "endorsement.asked", "thing": review, "occasion": f"endorse:{version.pk}", "by": by}
        notifications.tell(members=[second.pk], **told)


def _clean(text: str) -> str:
    return one_line(text, LONGEST, BadWords)
