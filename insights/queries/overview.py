"""What the Overview knows: how every KPI and journey stands, who acts, what changed. Seven queries at any size."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery

from cxhub.lib.periods import Period
from insights.measures.status import Status
from insights.models import Kpi, UpdateRequest
from insights.queries import acting, headlines, off_since
from insights.queries.acting import Filters, OffTarget
from insights.queries.freshness import Age, age
from insights.queries.health import Board, Judged
from insights.queries.off_since import Past
from insights.queries.standings import Standing, latest, read
from journeys.models import Map, Touchpoint
from journeys.queries import portfolio, unowned
from orgs.models import Member, Workspace
from orgs.queries.saved_views import Views, of_plain

UNMARKED_DAYS = 7
MOST_CHANGES = 8
TOLD = (
    "kpi.set_target",
    "kpi.dispute",
    "dispute.decide",
    "kpi.restate",
    "touchpoint.status_update",
    "kpi.status_update",
    "map.status_update",
    "touchpoint.accept",
    "touchpoint.claim",
    "touchpoint.decline",
    "touchpoint.give_up",
    "map.create",
    "map.lay_out",
    "map.archive",
)


# In SQL, for Django takes as long to word it as a kept page takes in all.
SEEN = """
select (select coalesce(sum(number), 0)::text from orgs_dataversion where workspace_id = %(workspace)s), me.seen_at,
    coalesce((select json_agg(change) from (
        select entry.action, entry.subject_type as about, entry.subject_id as pk, entry.subject_label as label,
            entry.at, person.name as who, entry.after
        from orgs_auditentry entry
        left join orgs_member actor on actor.workspace_id = entry.workspace_id and actor.id = entry.actor_id
        left join orgs_user person on person.id = actor.user_id
        where entry.workspace_id = %(workspace)s and entry.action = any(%(told)s)
            and entry.at > coalesce(me.seen_at, %(unmarked)s)
        order by entry.at desc, entry.id desc
        limit %(most)s
    ) change), '[]'),
    coalesce((select json_agg(json_build_object('id', id, 'name', name, 'query', query, 'list_key', list_key,
                                                'owner_id', owner_id, 'is_default', is_default) order by name, id)
              from orgs_savedview
              where workspace_id = %(workspace)s and list_key = 'overview'
                  and (is_shared or owner_id = %(member)s)), '[]')
from (select (select at from insights_overviewseen
              where workspace_id = %(workspace)s and member_id = %(member)s) as seen_at) me
"""


@dataclass(frozen=True)
class Seen:
    """The state of the workspace's data, when the member marked it as seen, what people did since, and saved views."""

    data_version: str
    at: datetime | None
    changes: Sequence[dict[str, Any]]
    views: Views
    """The saved views of the Overview that the member may open."""


@dataclass(frozen=True)
class Known:
    """Everything a panel of the Overview may need, read once."""

    workspace: Workspace
    member: Member
    today: date
    now: datetime
    period: Period | None
    """The one asked for; None: each KPI's latest finished one."""
    kpis: Sequence[Any]
    """All in use, each with `asked`, `of_all` and `of_me`."""
    standings: dict[int, Standing]
    board: Board
    before: Board
    """The same in the period before."""
    touchpoints: dict[int, Touchpoint]
    """All in use; those that nobody answers for have `why` and `unowned_at`."""
    off: dict[int, OffTarget]
    fallbacks: dict[int, Standing]
    """The headlines without a value in the period asked for, in the latest one before it."""
    pasts: dict[int, Past]
    """Of what is off target and of the headlines: the periods before."""
    seen_at: datetime | None
    changes: Sequence[dict[str, Any]]

    @property
    def since(self) -> datetime:
        """From when on something is a change."""
        return self.seen_at or self.now - timedelta(days=UNMARKED_DAYS)

    @property
    def until(self) -> date:
        """The day up to which something lasts: today, or the end of a period of the past that was asked for."""
        return min(self.today, self.period.next().starts_on) if self.period else self.today

    @property
    def is_running(self) -> bool:
        """The period asked for is not over, so all of it is provisional."""
        return self.period is not None and not self.period.is_over(self.today)

    @cached_property
    def would_miss(self) -> int:
        """How many KPIs would be off target if their running period ended now."""
        return sum(each.now.judged.would_be is Status.OFF_TARGET for each in self.standings.values())

    @cached_property
    def mine(self) -> list[Map]:
        """The maps that the member sponsors or owns."""
        me = self.member.pk
        return [each for each in self.board.places.maps if me in (each.sponsor_id, each.owner_id)]

    @cached_property
    def my_touchpoint_ids(self) -> set[int]:
        return {pk for drawn in self.mine for pk in self.board.places.of_map(drawn.pk)}

    @cached_property
    def ages(self) -> dict[int, Age]:
        """How fresh each source is, by its id."""
        sources = {kpi.source_id: kpi.source for kpi in self.kpis}
        return {pk: age(each, now=self.now, zone=self.workspace.tzinfo) for pk, each in sources.items()}

    @cached_property
    def nobody_acting(self) -> list[OffTarget]:
        return [each for each in self.off.values() if not each.is_acted_on]


def known(
    *,
    workspace: Workspace,
    member: Member,
    today: date,
    now: datetime,
    period: Period | None = None,
    seen: Seen | None = None,
) -> Known:
    """Read what the Overview shows to this member; `seen` where that was asked for before."""
    seen = seen or seen_by(member, now)
    held, stood = read(_kpis(member), workspace=workspace, today=today, period=period)
    touchpoints = _touchpoints(now)
    for kpi in held:
        if kpi.touchpoint_id:
            kpi.touchpoint = touchpoints[kpi.touchpoint_id]
    off = acting.missed([each.now for each in stood.values()], workspace=workspace)
    wanted = [each for pk, each in stood.items() if pk in off or _is_headline(each.kpi)]
    empty = [kpi for kpi in held if kpi.pk not in stood]
    places, judged = portfolio.current(), Judged(touchpoints, stood.values())
    return Known(
        workspace=workspace,
        member=member,
        today=today,
        now=now,
        period=period,
        kpis=held,
        standings=stood,
        board=Board(places, judged),
        before=Board(places, judged.before),
        touchpoints=touchpoints,
        off=off,
        fallbacks=latest([kpi for kpi in empty if _is_headline(kpi)], period, workspace=workspace, today=today),
        pasts=off_since.pasts(wanted, workspace=workspace, today=today),
        seen_at=seen.at,
        changes=seen.changes,
    )


def _is_headline(kpi: Any) -> bool:
    return kpi.of_all is not None or kpi.of_me is not None


def _kpis(member: Member) -> QuerySet[Kpi]:
    """The KPIs in use, with whether they are a headline and whether the member waits for an update on them."""
    found = acting.kpis(Filters(), member=member).select_related(None)
    found = found.select_related("source", "owner__user", "stage__map", "map").order_by("pk")
    asked = UpdateRequest.objects.open().filter(kpi=OuterRef("pk"), by=member)  # type: ignore[attr-defined]
    return found.annotate(
        of_all=headlines.position(None),
        of_me=headlines.position(member),
        stands_for=headlines.stands_for(member),
        asked=Subquery(asked.values("due_on")[:1]),
    )


def _touchpoints(now: datetime) -> dict[int, Touchpoint]:
    """All touchpoints in use, in one query; `why` is empty for those that somebody answers for."""
    found = unowned.explained(Touchpoint.objects.current())  # type: ignore[attr-defined]
    kept = found.select_related("accountable_department").defer("search_text", "description", "promise")
    return {touchpoint.pk: touchpoint for touchpoint in kept}


def seen_by(member: Member, now: datetime) -> Seen:
    """Return the data version, and what the member has not seen yet, in one query: every view, kept or not, asks it."""
    values = {"workspace": member.workspace_id, "member": member.pk, "told": list(TOLD), "most": MOST_CHANGES}
    with connection.cursor() as cursor:
        cursor.execute(SEEN, {**values, "unmarked": now - timedelta(days=UNMARKED_DAYS)})
        version, seen_at, changes, views = cursor.fetchone()
    return Seen(version, seen_at, changes, of_plain(views, member))
