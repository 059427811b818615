"""Notes releases on touchpoints: what went live, when, with a link. The same note sent again is the same release."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from governance.models import Release
from journeys.models import Touchpoint
from orgs.models import Member
from orgs.services import audit

AHEAD = timedelta(minutes=5)  # a clock may be fast by so much


class ReleaseError(Exception):
    """It cannot be noted like this; str() is the sentence for the person."""


class IsAnother(ReleaseError):
    """The touchpoint has a release of this name that says something else."""


class BadMoment(ReleaseError):
    """It is not over yet."""


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

    Raises IsAnother, BadMoment, ReleaseError.
    """
    if touchpoint.archived_at:
        raise ReleaseError(_("%(name)s is archived. Restore it first.") % {"name": touchpoint})
    if released_at and released_at > now + AHEAD:
        raise BadMoment(_("This lies ahead. Note a release when it is live."))
    called = " ".join(name.split())
    if not called:
        raise ReleaseError(_("Give the release a name, such as its version."))
    told = {"text": text.strip(), "link": link}
    try:
        with transaction.atomic():
            when = released_at or now
            made = Release.objects.create(
                touchpoint=touchpoint, name=called, released_at=when, by=by, origin=origin, noted_at=now, **told
            )
    except IntegrityError:
        return _known(touchpoint, called, released_at, told), False
    after = {"release": called, "released_at": made.released_at.isoformat()}
    audit.record("touchpoint.note_release", touchpoint, by=by, after=after, origin=origin)
    return made, True


def _known(touchpoint: Touchpoint, name: str, released_at: datetime | None, told: dict[str, str]) -> Release:
    found: Release = Release.objects.get(touchpoint=touchpoint, name=name)
    is_same = all(getattr(found, each) == value for each, value in told.items())
    if not is_same or (released_at and released_at != found.released_at):
        raise IsAnother(_("There is a release of this name already, which says something else. Use another name."))
    return found
