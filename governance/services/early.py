"""Brings the review of a map forward when something calls for it, and gives the old day back where it is declined."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance.models import EarlyCause, Review, ReviewPlan
from governance.queries import due, early, reviewers
from governance.queries.reviews import DUE_DAYS
from governance.registry import Occasion, say
from governance.services import plans, reminders, turns
from governance.services.endorsements import NotTheSponsor
from journeys.models import Map
from orgs.models import Member, Workspace
from orgs.services import audit, notifications

SPONSOR = "sponsor"


class CannotAsk(turns.TurnError):
    """It is due soon anyway, or being reviewed."""


class CannotDecline(turns.TurnError):
    """Nothing brought it forward, or its old day is over."""


@transaction.atomic
def call(
    *, drawn: Map, trigger: str, occasion: Occasion, workspace: Workspace, now: datetime, by: Member | None = None
) -> EarlyCause | None:
    """Note what calls for a review, once, and bring its day forward to when it is due; tell whoever reviews the map.

    The day stays where it is due as soon, where the review was begun, and where somebody postponed it: only a person
    (`by`) moves that one. Returns None for what is known, and for what the last review could see. Raises
    plans.IsNotReviewed.
    """
    held, plan = turns.with_plan(drawn, workspace)
    about = {"map": held, "trigger": trigger, "thing_id": occasion.thing_id, "occasion": occasion.key}
    seen = early.watched(workspace.tzinfo).get(pk=held.pk)
    if EarlyCause.objects.filter(**about).exists() or not early.is_news(seen, occasion.at, workspace.tzinfo):
        return None
    today = now.astimezone(workspace.tzinfo).date()
    due_on = today + timedelta(days=DUE_DAYS)
    moves = plan.next_on > due_on and not _is_running(held) and (by is not None or plan.first_due_on is None)
    was: dict[str, Any] = {"was_on": plan.next_on, "was_first_due_on": plan.first_due_on} if moves else {}
    given = {"words": dict(occasion.words), "at": now, "by": by, "turn": plan.turn}
    made: EarlyCause = EarlyCause.objects.create(**about, **given, **was, due_on=due_on if moves else plan.next_on)
    if moves:
        _bring_forward(held, plan, made, today)
    return made


@transaction.atomic
def ask(*, drawn: Map, text: str, workspace: Workspace, by: Member, now: datetime) -> EarlyCause:
    """Bring a review forward on its sponsor's word. Raises NotTheSponsor, CannotAsk, turns.BadNote, IsNotReviewed."""
    said, (held, plan) = turns.reason(text), turns.with_plan(drawn, workspace)
    if held.sponsor_id != by.pk:
        raise NotTheSponsor(held.sponsor or _("nobody"))
    if _is_running(held):
        raise CannotAsk(_("This map is being reviewed now."))
    if plan.next_on <= now.astimezone(workspace.tzinfo).date() + timedelta(days=DUE_DAYS):
        raise CannotAsk(_("It is due on %(day)s already.") % {"day": due.day(plan.next_on)})
    asked = Occasion(held.pk, now.isoformat(), now, words={"who": str(by), "text": said})
    made = call(drawn=held, trigger=SPONSOR, occasion=asked, workspace=workspace, by=by, now=now)
    assert made is not None  # noqa: S101  nobody asked at this very moment, and no review ends after it
    return made


@transaction.atomic
def decline(*, drawn: Map, note: str, workspace: Workspace, by: Member, now: datetime) -> date:
    """Give a review the day back that it had, and return it: what called for it calls no more.

    Whoever asked for it hears why. Raises CannotDecline, turns.BadNote, plans.IsNotReviewed.
    """
    said, (held, plan) = turns.reason(note), turns.with_plan(drawn, workspace)
    found = list(early.standing(held, plan.turn).order_by("at", "pk"))
    moved = next((each for each in reversed(found) if each.was_on), None)
    today = now.astimezone(workspace.tzinfo).date()
    if moved is None or moved.was_on is None or plan.next_on >= moved.was_on:
        raise CannotDecline(_("Nothing brought this review forward."))
    if _is_running(held):
        raise CannotDecline(_("This map is being reviewed now. Close the review instead."))
    if moved.was_on < today:
        words = {"day": due.day(moved.was_on)}
        raise CannotDecline(_("It was to be reviewed by %(day)s anyway. Review it, postpone it or skip it.") % words)
    before = {"next_on": plan.next_on.isoformat()}
    plans.set_day(plan, moved.was_on, today)
    plan.first_due_on = moved.was_first_due_on
    plan.save()
    EarlyCause.objects.filter(pk__in=[each.pk for each in found]).update(declined_by=by, declined_at=now, reason=said)
    told = {"next_on": moved.was_on.isoformat(), "note": said}
    entry = audit.record("map.decline_early_review", held, by=by, before=before, after=told)
    askers = [each.by_id for each in found]
    occasion = {"occasion": f"declined {entry.pk}", "by": by, "data": {"due_on": told["next_on"], "note": said}}
    notifications.tell(members=askers, kind=reminders.DECLINED, thing=held, **occasion)
    return moved.was_on


def _bring_forward(held: Map, plan: ReviewPlan, made: EarlyCause, today: date) -> None:
    before = {"next_on": plan.next_on.isoformat()}
    plans.set_day(plan, made.due_on, today)
    plan.first_due_on = None
    plan.save()
    due_on = made.due_on.isoformat()
    after = {"next_on": due_on, "note": say(made.trigger, made.words)}
    audit.record("map.call_review_early", held, by=made.by, before=before, after=after)
    whose = reviewers.of(Map.objects.select_related("owner__user", "sponsor__user").get(pk=held.pk))
    members = whose.ids or {each.pk for each in reviewers.administrators()}
    data = {"due_on": due_on, "trigger": made.trigger, "words": made.words}
    told = {"thing": held, "occasion": f"early {made.pk}", "by": made.by, "data": data}
    notifications.tell(members=members, kind=reminders.EARLY, **told)


def _is_running(held: Map) -> bool:
    return bool(Review.objects.filter(map=held, closed_at=None).exists())
