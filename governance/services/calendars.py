"""Makes, renews and revokes the secret address of a member's calendar."""

from datetime import datetime, timedelta

from django.db import transaction

from governance.models import CalendarFeed
from orgs import tokens
from orgs.models import Member
from orgs.services import audit

BETWEEN_MARKS = timedelta(hours=1)


@transaction.atomic
def make(*, holds_all: bool, by: Member, now: datetime) -> str:
    """Return the token of a new address, which is known to nobody afterwards; one that was made before ends."""
    Member.objects.select_for_update(no_key=True).get(pk=by.pk)  # two tabs at once make one address
    had = CalendarFeed.objects.filter(member=by).delete()[0]
    token = tokens.new(by.workspace_id)
    kept = {"token_hash": tokens.hashed(token), "holds_all": holds_all, "made_at": now}
    CalendarFeed.objects.create(member=by, **kept)
    audit.record("calendar.renew" if had else "calendar.make", by, by=by, after={"holds_all": holds_all})
    return token


@transaction.atomic
def revoke(*, by: Member) -> None:
    """End the member's address at once."""
    if CalendarFeed.objects.filter(member=by).delete()[0]:
        audit.record("calendar.revoke", by, by=by)


def mark_read(*, feed: CalendarFeed, now: datetime) -> None:
    """Note that a program read it, at most once an hour: not each request is worth a write."""
    if feed.read_at is None or now - feed.read_at >= BETWEEN_MARKS:
        CalendarFeed.objects.filter(pk=feed.pk).update(read_at=now)
