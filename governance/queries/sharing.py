"""Who was told of a version of a map, and who has read it. People who left do not count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from governance.models import Acknowledgement, Addressee, ChangeNote
from journeys.models import MapVersion
from orgs.models import Member


@dataclass(frozen=True)
class Reader:
    """One who was told of a version; `read_at` is None for who has not read it."""

    member: Member
    why: dict[str, Any]
    read_at: datetime | None
    is_reminded: bool


def readers(version: MapVersion) -> Sequence[Reader]:
    """Return who was told of a version and is still here, those first who have not read it. One query."""
    read = Acknowledgement.objects.filter(version=OuterRef("version"), member=OuterRef("member"))
    found = _here().filter(version=version).select_related("member__user").order_by("member__user__name", "pk")
    rows = [
        Reader(each.member, each.why, each.read_at, each.reminded_at is not None)
        for each in found.annotate(read_at=Subquery(read.values("at")[:1]))
    ]
    return sorted(rows, key=lambda each: each.read_at is not None)


def own(version: MapVersion, member: Member) -> Addressee | None:
    """Return what a member was told of a version."""
    return Addressee.objects.filter(version=version, member=member).select_related("note__by__user").first()


def shared_before(version: MapVersion) -> MapVersion | None:
    """Return the version that people were told of before this one; else the one before it."""
    earlier = MapVersion.objects.filter(map=version.map_id, number__lt=version.number)
    told = ChangeNote.objects.filter(version=OuterRef("pk"))
    return earlier.filter(Exists(told)).first() or earlier.first()


def has_read(version: MapVersion, member: Member) -> bool:
    return Acknowledgement.objects.filter(version=version, member=member).exists()


def last_shared(map_id: int) -> MapVersion | None:
    """Return the newest version of a map that people were told of."""
    told = ChangeNote.objects.filter(version=OuterRef("pk"))
    return MapVersion.objects.filter(Exists(told), map=map_id).first()


def _here() -> QuerySet[Addressee]:
    found: QuerySet[Addressee] = Addressee.objects.filter(member__left_at=None, member__user__is_active=True)
    return found


def _counted() -> Subquery:
    last = ChangeNote.objects.filter(version__map=OuterRef(OuterRef("pk"))).order_by("-version__number", "-pk")
    read = Acknowledgement.objects.filter(version=OuterRef("version"), member=OuterRef("member"))
    found = _here().filter(version=Subquery(last.values("version")[:1])).order_by().values("version")
    counts = found.annotate(told=Count("pk"), have_read=Count("pk", filter=Exists(read)))
    return Subquery(counts.values(of=JSONObject(version="version_id", told="told", read="have_read")))


CARRIED = {"told_readers": _counted}
"""What maps are annotated with: of the version that people were told of last, how many were, and how many read it."""
