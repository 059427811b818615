"""Notes what a check of an expectation found, once for each occasion, and tells of a failure once."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from governance.models import Expectation, ExpectationCheck
from governance.models.expectations import LONGEST_WORDS
from journeys.models import Touchpoint
from orgs.models import Member
from orgs.queries import leads
from orgs.services import audit, notifications

FAILED = "expectation.failed"


@transaction.atomic
def note(
    *,
    expectation: Expectation,
    occasion: str,
    outcome: str,
    at: datetime,
    words: str = "",
    value: float | None = None,
    link: str = "",
    by: Member | None = None,
) -> ExpectationCheck | None:
    """Note what was found at a moment. Returns None for an occasion that is noted, and where the rule is another now.

    Those who answer for the touchpoint, keep it and designed it hear of a failure once, until it passed again.
    """
    held = Expectation.objects.select_for_update(of=("self",)).select_related("touchpoint").get(pk=expectation.pk)
    known = ExpectationCheck.objects.filter(expectation=held, occasion=occasion)
    if held.ended_at or held.terms != expectation.terms or known.exists():
        return None
    is_newest = not ExpectationCheck.objects.filter(expectation=held, terms=held.terms, at__gt=at).exists()
    told = {"outcome": outcome, "at": at, "value": value, "words": words[:LONGEST_WORDS], "link": link, "by": by}
    made: ExpectationCheck = ExpectationCheck.objects.create(
        expectation=held, terms=held.terms, occasion=occasion, **told
    )
    if is_newest:
        _follow(held, made)
    return made


@transaction.atomic
def checked(
    *,
    expectation: Expectation,
    outcome: str,
    words: str,
    value: float | None,
    now: datetime,
    only_news: bool = False,
) -> ExpectationCheck | None:
    """Note what a check by itself found, and when the next one is. The moment it was due at is its occasion.

    `only_news` notes nothing that the newest check says already. Returns None where nothing was noted.
    """
    held = Expectation.objects.select_for_update().get(pk=expectation.pk)
    if held.next_at is None or held.next_at != expectation.next_at or held.terms != expectation.terms:
        return None  # another worker did it, or the rule is another now
    slot = held.next_at.isoformat()
    held.checked_at, held.claimed_until = now, None
    held.next_at = now + timedelta(minutes=held.every_minutes)
    held.save(update_fields=["checked_at", "claimed_until", "next_at"])
    if only_news and _said_already(held, outcome, words, value):
        return None
    return note(expectation=held, occasion=slot, outcome=outcome, at=now, words=words, value=value)


def _said_already(held: Expectation, outcome: str, words: str, value: float | None) -> bool:
    newest = ExpectationCheck.objects.filter(expectation=held, terms=held.terms).first()
    return newest is not None and (newest.outcome, newest.words, newest.value) == (outcome, words, value)


def _follow(held: Expectation, check: ExpectationCheck) -> None:
    """Begin or end a failure. What is not known does neither."""
    if check.outcome == ExpectationCheck.Outcome.PASS and held.failing_since:
        held.failing_since = None
        _record("pass", held, check)
    elif check.outcome == ExpectationCheck.Outcome.FAIL and held.failing_since is None:
        held.failing_since = check.at
        _record("fail", held, check)
        occasion = f"check {check.pk}"
        to = _concerned(held.touchpoint)
        notifications.tell(members=to, kind=FAILED, thing=held, occasion=occasion, by=None, data={"check": check.pk})
    else:
        return
    held.save(update_fields=["failing_since"])


def _concerned(touchpoint: Touchpoint) -> set[int | None]:
    """Who answers for a touchpoint, who keeps it, and who leads the team that designed it."""
    led = leads.of_departments([touchpoint.owning_department_id, touchpoint.designed_by_id])
    return {touchpoint.steward_id, *(pk for members in led.values() for pk in members)}


def _record(action: str, held: Expectation, check: ExpectationCheck) -> None:
    after: dict[str, Any] = {"expectation": held.sentence, "words": check.words}
    audit.record(f"touchpoint.{action}_expectation", held.touchpoint, by=None, after=after, origin="Checks")
