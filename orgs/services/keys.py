"""Makes and revokes API keys."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from orgs import tokens
from orgs.models import ApiKey, Member
from orgs.permissions import KeyScope
from orgs.services import audit, notifications

LONGEST_DAYS = 365
BETWEEN_MARKS = timedelta(minutes=1)
SHOWN = len(tokens.API_KEY) + 11


class BadKey(ValueError):
    """A key needs a name, at least one scope and an end within a year."""

    def __init__(self) -> None:
        super().__init__(_("Give the key a name, choose what it may do, and let it end within a year."))


@transaction.atomic
def make(*, name: str, scopes: Collection[str], days: int, now: datetime, by: Member) -> tuple[ApiKey, str]:
    """Return a new key and its token, which is known to nobody afterwards. Raises BadKey."""
    wanted = [scope.value for scope in KeyScope if scope.value in scopes]
    if not name.strip() or not wanted or len(wanted) != len(set(scopes)) or not 1 <= days <= LONGEST_DAYS:
        raise BadKey
    token = tokens.new(by.workspace_id, tokens.API_KEY)
    key = ApiKey.objects.create(
        member=by,
        name=name.strip(),
        start=token[:SHOWN],
        token_hash=tokens.hashed(token),
        scopes=wanted,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    audit.record("key.make", key, by=by, after={"scopes": wanted, "expires_at": key.expires_at.isoformat()})
    return key, token


@transaction.atomic
def revoke(*, key: ApiKey, now: datetime, by: Member) -> None:
    """End a key at once; one that has ended stays as it is."""
    if ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=now):
        audit.record("key.revoke", key, by=by)
        notifications.settle(thing=key, kinds=["key.ending"], now=now)


def mark_used(*, key: ApiKey, now: datetime) -> None:
    """Note that the key was used, at most once a minute: not each request is worth a write."""
    if key.last_used_at is None or now - key.last_used_at >= BETWEEN_MARKS:
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=now)
