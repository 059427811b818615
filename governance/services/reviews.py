"""Begins the review of a map, takes it through its steps, and closes it, which sets the next day."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cxhub.lib.one_line import one_line
from governance.models import Review, ReviewRecord, ReviewStep
from governance.queries import reviews
from governance.services import plans
from journeys.models import Finding, Map, Touchpoint
from journeys.queries import documents, maps
from orgs.models import Member, Workspace
from orgs.services import audit

ALL = [each.value for each in ReviewStep.Step]
LONGEST_NOTE = 500


class ReviewError(Exception):
    """The review cannot go on like this; str() is the sentence for the person."""


class IsOver(ReviewError):
    """It was closed."""


class NotDone(ReviewError):
    """There are steps to do yet."""


class IsSigned(ReviewError):
    """The sponsor has signed it off, with this step done."""


class BadNote(ReviewError):
    """The note is too long."""


@transaction.atomic
def start(*, drawn: Map, workspace: Workspace, by: Member, now: datetime) -> Review:
    """Begin a review, and keep whose records it looks at; one that is open already is returned as it is.

    A touchpoint that no department answers for, or a finding that nobody owns, falls to the owner of the map. Raises
    plans.IsNotReviewed.
    """
    held = plans.hold(drawn.pk)
    running = Review.objects.filter(map=held, closed_at=None).first()
    if running:
        return running
    due_on = reviews.reviewed(workspace.tzinfo).get(pk=held.pk).due_on  # type: ignore[attr-defined]
    told = documents.document(maps.one().get(pk=held.pk))
    made: Review = Review.objects.create(map=held, due_on=due_on, by=by, at=now, beginning=told)
    placed = Touchpoint.objects.current().filter(placements__step__stage__map=held).distinct()
    findings = Finding.objects.current().filter(placements__step__stage__map=held).distinct()
    records = [_record(made, each, held) for each in placed]
    records += [ReviewRecord(review=made, finding=each, member_id=each.owner_id or held.owner_id) for each in findings]
    ReviewRecord.objects.bulk_create(records)
    said = {"review": made.pk, "due_on": due_on.isoformat(), "records": len(records)}
    audit.record("map.start_review", held, by=by, after=said)
    return made


@transaction.atomic
def mark(*, review: Review, step: str, is_done: bool, by: Member, now: datetime) -> None:
    """Say that a step is done, or that it is to do again. Raises IsOver, IsSigned."""
    held = open_one(review)
    done = ReviewStep.objects.filter(review=held, step=step)
    if is_done == done.exists():
        return
    if not is_done and step != ReviewStep.Step.SHARE and held.endorsements.exists():
        raise IsSigned(_("The sponsor has signed this off. Only sharing can be done again."))
    if is_done:
        ReviewStep.objects.create(review=held, step=step, by=by, at=now)
    else:
        done.delete()
    told = {"review": held.pk, "step": step, "is_done": is_done}
    audit.record("map.mark_review_step", held.map, by=by, after=told)


@transaction.atomic
def close(*, review: Review, workspace: Workspace, note: str, by: Member, now: datetime, is_calm: bool = False) -> date:
    """Close a review, and return the day of the next. Raises NotDone, IsOver, BadNote.

    `is_calm`: nothing changed and nothing is wrong, so its steps are done with it. The next review is due a cadence
    after the day this one was: so that aligned reviews stay so. One that was closed late, or long before it was due,
    counts from the day it was closed.
    """
    clean = one_line(note, LONGEST_NOTE, BadNote)
    held = open_one(review)
    done = set(held.steps.values_list("step", flat=True))
    if missing := [each for each in ALL if each not in done]:
        if not is_calm:
            raise NotDone(_("To do yet: %(steps)s.") % {"steps": named(missing)})
        ReviewStep.objects.bulk_create(ReviewStep(review=held, step=each, by=by, at=now) for each in missing)
    today = now.astimezone(workspace.tzinfo).date()
    held.closed_by, held.closed_at, held.note = by, now, clean
    held.save()
    drawn = reviews.reviewed(workspace.tzinfo).get(pk=held.map_id)
    next_on = reviews.after(drawn, today)
    plans.begin_turn(held.map, cadence_days=drawn.cadence_days, next_on=next_on, today=today)  # type: ignore[attr-defined]
    told = {"review": held.pk, "note": clean, "next_on": next_on.isoformat(), "is_calm": is_calm}
    audit.record("map.close_review", held.map, by=by, after=told)
    return next_on


def _record(review: Review, touchpoint: Touchpoint, drawn: Map) -> ReviewRecord:
    department = touchpoint.owning_department_id
    member = None if department else drawn.owner_id
    return ReviewRecord(review=review, touchpoint=touchpoint, department_id=department, member_id=member)


def open_one(review: Review) -> Review:
    """Hold the map, then the review, in the order that beginning one does."""
    plans.hold(review.map_id)
    held: Review = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if not held.is_open:
        raise IsOver(_("This review is closed."))
    return held


def named(steps: Collection[str]) -> str:
    return ", ".join(str(ReviewStep.Step(each).label) for each in steps)
