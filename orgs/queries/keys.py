"""Finds the key behind a token. Asked before a workspace is in scope: the token says which one to look into."""

from datetime import datetime

from django.db.models import QuerySet

from orgs import tokens
from orgs.models import ApiKey


def workspace_of(token: str) -> int | None:
    """Return the id of the workspace that a token names, or None."""
    return tokens.workspace_of(token, tokens.API_KEY)


def of_token(token: str, *, slug: str, now: datetime) -> ApiKey | None:
    """Return the usable key of a token, in the scope of its workspace, if that is the one of the address."""
    usable = ApiKey.objects.usable(now).select_related("member__user", "member__workspace")
    found: ApiKey | None = usable.filter(token_hash=tokens.hashed(token), workspace__slug=slug).first()
    return found


def listed() -> QuerySet[ApiKey]:
    """All keys with their makers, the newest first."""
    found: QuerySet[ApiKey] = ApiKey.objects.select_related("member__user")
    return found
