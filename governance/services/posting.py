"""Takes what test tools post about an expectation. The same run posted again is noted once."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from governance.models import Expectation, ExpectationCheck
from governance.services import checking
from orgs.models import Member

AHEAD, MOST_BACK = timedelta(minutes=5), timedelta(days=366)


class PostingError(Exception):
    """It cannot be taken; str() is the sentence for whoever set the tool up."""


class IsAnother(PostingError):
    """The run was posted before, with another result."""


class BadMoment(PostingError):
    """It lies ahead, or more than a year back."""


@transaction.atomic
def post(
    *,
    expectation: Expectation,
    run: str,
    outcome: str,
    by: Member | None,
    now: datetime,
    detail: str = "",
    link: str = "",
    at: datetime | None = None,
) -> tuple[ExpectationCheck, bool]:
    """Return the check that holds this run, and whether it is new. Without `by` a secret signed it.

    Raises IsAnother, BadMoment, PostingError.
    """
    held = Expectation.objects.select_for_update(of=("self",)).select_related("touchpoint").get(pk=expectation.pk)
    if held.kind != Expectation.Kind.POSTED:
        raise PostingError(_("CX Hub checks this expectation by itself. Make one that a test tool keeps."))
    occasion = f"run {run}"
    known = ExpectationCheck.objects.filter(expectation=held, occasion=occasion).first()
    if known:
        return _same(known, outcome, detail, link, at), False
    if held.ended_at or held.touchpoint.archived_at:
        raise PostingError(_("This is expected no more. Stop posting results of it."))
    when = at or now
    if not now - MOST_BACK <= when <= now + AHEAD:
        raise BadMoment(_("This lies ahead, or more than a year back. Check the clock of the tool."))
    found = {"outcome": outcome, "at": when, "words": detail, "link": link, "by": by}
    made = checking.note(expectation=held, occasion=occasion, **found)
    assert made is not None  # noqa: S101  it is locked, in use and not known
    return made, True


def _same(known: ExpectationCheck, outcome: str, detail: str, link: str, at: datetime | None) -> ExpectationCheck:
    is_same = (known.outcome, known.words, known.link) == (outcome, detail, link)
    if not is_same or (at and at != known.at):
        raise IsAnother(_("This run was posted before, with another result. Give each run a name of its own."))
    return known
