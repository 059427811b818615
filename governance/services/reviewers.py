"""Names who reviews a map: members, and departments by their leads."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from governance.models import Reviewer
from governance.services import plans, turns
from journeys.models import Map
from orgs.models import Department, Member
from orgs.services import audit

MOST = 20


class TooMany(turns.TurnError):
    """Where everybody reviews, nobody does."""


@transaction.atomic
def name(*, drawn: Map, members: Collection[Member], departments: Collection[Department], by: Member) -> None:
    """Let exactly these review a map; with none its owner does. Raises turns.OnlyReads, TooMany, IsNotReviewed."""
    held = plans.hold(drawn.pk)
    if len(members) + len(departments) > MOST:
        raise TooMany(_("Name at most %(most)d.") % {"most": MOST})
    kept = list(Reviewer.objects.filter(map=held).select_related("member__user", "department"))
    old = {(each.member_id, each.department_id): each for each in kept}
    new = [Reviewer(map=held, member=each) for each in members]
    new += [Reviewer(map=held, department=each) for each in departments]
    keys = {(each.member_id, each.department_id) for each in new}
    added = [each for each in new if (each.member_id, each.department_id) not in old]
    for each in added:
        if each.member:
            turns.check_reviewer(each.member)
    gone = [each for key, each in old.items() if key not in keys]
    if not added and not gone:
        return
    Reviewer.objects.filter(pk__in=[each.pk for each in gone]).delete()
    Reviewer.objects.bulk_create(added)
    before, after = sorted(map(str, kept)), sorted(map(str, new))
    told = {"reviewers": after, "names": ", ".join(after)}
    audit.record("map.name_reviewers", held, by=by, before={"reviewers": before}, after=told)
