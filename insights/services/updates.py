"""An owner writes a status update; it closes the requests that asked for one."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from insights.models import StatusUpdate, UpdateRequest
from insights.queries import updates
from insights.queries.updates import Subject, about_of
from insights.services import requests
from orgs.models import Member
from orgs.services import audit


class NotTheirs(Exception):
    """Somebody wrote an update about what somebody else answers for."""


@transaction.atomic
def write(
    *,
    about: Subject,
    sentence: str,
    cause: str,
    cause_words: str = "",
    recovery_on: date | None,
    by: Member,
    now: datetime,
) -> StatusUpdate:
    """Keep what the owner says, and answer every open request about the thing with it. Raises NotTheirs.

    `recovery_on` None: no recovery is expected.
    """
    locked = type(about).objects.select_for_update().get(pk=about.pk)
    if by.pk not in updates.answering([locked])[locked.pk].may_write:
        raise NotTheirs(_("Only who answers for this writes its status update."))
    said = {"sentence": sentence, "cause": cause, "cause_words": cause_words}
    kind = about_of(locked)
    written = StatusUpdate.objects.create(**{kind: locked}, **said, recovery_on=recovery_on, by=by, at=now)
    after = said | {"recovery_on": audit.plain(recovery_on) or "", "update": written.pk}
    audit.record(f"{kind}.status_update", locked, by=by, after=after)
    waiting = UpdateRequest.objects.open().filter(**{kind: locked}).select_for_update().order_by("pk")
    for request in waiting:
        requests.answer(request=request, update=written, by=by, now=now)
    return written
