"""The sign-off of a review: who signed, what differs since, and what the reader may do about it now."""

import logging
from collections.abc import Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import ngettext
from redis.exceptions import RedisError

from governance.models import Endorsement, Review
from governance.panels import changes
from governance.panels.changes import Line
from governance.queries import cycle, endorsements, reviewers
from governance.queries.cycle import Moved
from governance.queries.endorsements import SECOND, Standing
from governance.services import reviews
from journeys.models import Map, MapVersion
from journeys.queries import comparisons, documents
from orgs import access
from orgs.permissions import Permission

log = logging.getLogger(__name__)
KEPT_SECONDS = 86400
"""So long it can be told what changed since a sponsor looked; after that, what differs from the newest version."""


def load(
    request: HttpRequest, drawn: Map, review: Review | None, told: dict[str, Any], moved: Moved, done: set[str]
) -> dict[str, Any]:
    """Return what stands about the sign-off; `told` is the document of the map, `done` are the steps that are."""
    member = request.member  # type: ignore[attr-defined]
    now = endorsements.standing(drawn, told)
    signed = endorsements.of_review(review)
    is_sponsor, seen = drawn.sponsor_id == member.pk, documents.sha256(told)
    is_new = signed is None or signed.version.sha256 != seen
    missing = [] if signed or moved.is_calm else [each for each in reviews.ALL if each in cycle.VALIDATED - done]
    may_sign = bool(review) and is_sponsor and is_new
    if may_sign:
        _keep(request, seen, told)
    return {
        "standing": _standing(request, drawn, now),
        "is_signed": signed is not None,
        "may_sign": may_sign and not missing,
        "waits_for": reviews.named(missing) if may_sign and missing else "",
        "may_ask": bool(review) and is_sponsor,
        "is_publishing": moved.version is None or bool(moved.changes),
        "seen": seen,
        "asked": endorsements.changes_asked(review) if review and not signed else None,
        "second": endorsements.second_of(drawn.pk),
        "may_endorse": _may_endorse(member, drawn, now),
        **_links(request, drawn),
    }


def changed_since(request: HttpRequest, drawn: Map, seen: str, told: dict[str, Any]) -> Sequence[Line] | None:
    """Return what changed on a map since somebody looked at the document of this name; None where it is forgotten."""
    before = _kept(request, seen)
    if before is None:
        before = MapVersion.objects.filter(map=drawn, sha256=seen).values_list("document", flat=True).first()
    return None if before is None else changes.lines(comparisons.compare(before, told))


def comparison(request: HttpRequest, drawn: Map, before: int, after: int | str = "draft") -> str:
    """Return the page that compares a version with another, or with the map as it is."""
    url = reverse("map_comparison", args=[request.workspace.slug, drawn.pk])  # type: ignore[attr-defined]
    return f"{url}?{urlencode({'from': before, 'to': after})}"


def _standing(request: HttpRequest, drawn: Map, now: Standing | None) -> dict[str, Any] | None:
    if now is None:
        return None
    number = now.version.number
    published = ngettext(
        "Minor change published since: %(n)d change", "Minor change published since: %(n)d changes", now.published
    )
    return {
        "number": number,
        "sha256": now.version.sha256,
        "endorsements": [_endorsement(request, each) for each in now.endorsements],
        "is_carried": now.is_carried,
        "newest": now.newest.number,
        "published": published % {"n": now.published} if now.published else "",
        "published_url": comparison(request, drawn, number, now.newest.number),
        "has_changed": bool(now.drafted),
        "drafted": ngettext("%(n)d change", "%(n)d changes", now.drafted) % {"n": now.drafted},
        "drafted_url": comparison(request, drawn, number),
    }


def _endorsement(request: HttpRequest, each: Endorsement) -> dict[str, str]:
    at = each.at.astimezone(request.workspace.tzinfo)  # type: ignore[attr-defined]
    return {
        "name": each.name,
        "what": f"{each.get_capacity_display()} · {each.title}" if each.title else each.get_capacity_display(),
        "at": date_format(at, "j M Y, H:i"),
        "comment": each.comment,
    }


def _may_endorse(member: Any, drawn: Map, now: Standing | None) -> int | None:
    """The id of the version that the member is asked to endorse, and has not."""
    second = endorsements.second_of(drawn.pk)
    if now is None or second is None or second.pk != member.pk:
        return None
    is_done = any(each.by_id == member.pk and each.capacity == SECOND for each in now.endorsements)
    return None if is_done else now.version.pk


def _links(request: HttpRequest, drawn: Map) -> dict[str, str]:
    args, member = [request.workspace.slug, drawn.pk], request.member  # type: ignore[attr-defined]
    may_edit = access.may(member, Permission.MAP_EDIT, drawn)
    may_run = reviewers.may_run(member, drawn)
    return {
        "sponsor_url": reverse("map_details", args=args) if may_edit else "",
        "second_url": reverse("second_endorser", args=args) if may_run else "",
    }


def _keep(request: HttpRequest, seen: str, told: dict[str, Any]) -> None:
    try:
        cache.set(_key(request, seen), told, KEPT_SECONDS)
    except (RedisError, OSError):
        log.warning("The cache keeps nothing; what changes since cannot be told in detail.")


def _kept(request: HttpRequest, seen: str) -> dict[str, Any] | None:
    try:
        found = cache.get(_key(request, seen))
    except (RedisError, OSError):
        return None
    return found if isinstance(found, dict) else None


def _key(request: HttpRequest, seen: str) -> str:
    return f"seen-map:{request.workspace.pk}:{sha256(seen.encode()).hexdigest()}"  # type: ignore[attr-defined]
