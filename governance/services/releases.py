"""Notes releases on touchpoints: what went live, when, with a link. The same note sent again is the same release.

People correct and remove what they or CI noted.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.models import Release
from journeys.models import Touchpoint
from orgs.models import Member
from orgs.services import audit

TAKEN = gettext_lazy("There is a release of this name already, which says something else. Use another name.")
AHEAD = timedelta(minutes=5)  # a clock may be fast by so much


class ReleaseError(Exception):
    """It cannot be noted like this; str() is the sentence for the person."""


class IsAnother(ReleaseError):
    """The touchpoint has a release of this name that says something else."""


class BadMoment(ReleaseError):
    """It is not over yet."""


class WasChanged(ReleaseError):
    """Somebody corrected or removed it after the person read it."""


@transaction.atomic
def note(
    *,
    touchpoint: Touchpoint,
    name: str,
    by: Member,
    now: datetime,
    released_at: datetime | None = None,
    text: str = "",
    link: str = "",
    origin: str = "",
) -> tuple[Release, bool]:
    """Return the release of this name, and whether it is new. Without a moment it went live now.

    What says again what a release said before somebody corrected it is that release, as it says now.
    Raises IsAnother, BadMoment, ReleaseError.
    """
    _check(touchpoint, released_at, now)
    called = _called(name)
    told = {"text": text.strip(), "link": link}
    if corrected := _corrected(touchpoint, called, released_at, told):
        return corrected, False
    try:
        with transaction.atomic():
            when = released_at or now
            made = Release.objects.create(
                touchpoint=touchpoint, name=called, released_at=when, by=by, origin=origin, noted_at=now, **told
            )
    except IntegrityError:
        return _known(touchpoint, called, released_at, told), False
    after = {"release": called, "released_at": made.released_at.astimezone(UTC).isoformat()}
    audit.record("touchpoint.note_release", touchpoint, by=by, after=after, origin=origin)
    return made, True


@transaction.atomic
def correct(
    *, release: Release, version: int, name: str, released_at: datetime, text: str, link: str, by: Member, now: datetime
) -> Release:
    """Say something else of a release, whoever noted it. `version` is the one that the person saw.

    Raises WasChanged, IsAnother, BadMoment, ReleaseError.
    """
    held = _held(release, version)
    _check(held.touchpoint, released_at, now)
    before = _told(held)
    # Forms know minutes: who leaves the minute alone leaves the moment alone.
    when = held.released_at if released_at == held.released_at.replace(second=0, microsecond=0) else released_at
    held.name, held.text, held.link, held.released_at = _called(name), text.strip(), link, when
    if before == _told(held):
        return held
    held.version += 1
    held.noted = held.noted or before
    try:
        with transaction.atomic():
            held.save()
    except IntegrityError:
        raise IsAnother(TAKEN) from None
    audit.record("touchpoint.correct_release", held.touchpoint, by=by, before=before, after=_told(held))
    return held


@transaction.atomic
def remove(*, release: Release, version: int, by: Member) -> None:
    """Take a note away that should not be there; the audit keeps what it said. Raises WasChanged, ReleaseError."""
    held = _held(release, version)
    audit.record("touchpoint.remove_release", held.touchpoint, by=by, before=_told(held), after={"release": held.name})
    held.delete()


def _held(release: Release, version: int) -> Release:
    rows = Release.objects.select_for_update(of=("self",)).select_related("touchpoint")
    found: Release | None = rows.filter(pk=release.pk, version=version).first()
    if found is None:
        raise WasChanged(_("It was changed after you opened this page. Read it, then change it."))
    _check(found.touchpoint, None, found.noted_at)
    return found


def _check(touchpoint: Touchpoint, released_at: datetime | None, now: datetime) -> None:
    if touchpoint.archived_at:
        raise ReleaseError(_("%(name)s is archived. Restore it first.") % {"name": touchpoint})
    if released_at and released_at > now + AHEAD:
        raise BadMoment(_("This lies ahead. Note a release when it is live."))


def _called(name: str) -> str:
    called = " ".join(name.split())
    if not called:
        raise ReleaseError(_("Give the release a name, such as its version."))
    return called


def _told(release: Release) -> dict[str, Any]:
    return {
        "release": release.name,
        "released_at": release.released_at.astimezone(UTC).isoformat(),
        "text": release.text,
        "link": release.link,
    }


def _known(touchpoint: Touchpoint, name: str, released_at: datetime | None, told: dict[str, str]) -> Release:
    found: Release = Release.objects.get(touchpoint=touchpoint, name=name)
    if not _says(_told(found), released_at, told):
        raise IsAnother(TAKEN)
    return found


def _corrected(touchpoint: Touchpoint, name: str, released_at: datetime | None, told: dict[str, str]) -> Release | None:
    """Return the release that said exactly this until somebody corrected it, whatever it is called now."""
    found = Release.objects.filter(touchpoint=touchpoint, noted__release=name).order_by("pk")
    return next((each for each in found if _says(each.noted, released_at, told)), None)


def _says(kept: dict[str, Any], released_at: datetime | None, told: dict[str, str]) -> bool:
    """Whether a note says what is kept; one without a moment says nothing about it."""
    is_then = not released_at or kept["released_at"] == released_at.astimezone(UTC).isoformat()
    return is_then and all(kept[each] == value for each, value in told.items())
