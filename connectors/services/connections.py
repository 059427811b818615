"""Changes a connection: how hard its system may be asked, and in whose name its scheduled runs act."""

from django.db import transaction
from django.utils.translation import gettext as _

from connectors.models import Connection
from orgs.models import Member
from orgs.services import audit

MOST_AT_ONCE, MOST_PER_MINUTE = 20, 6000


class BadLimits(Exception):
    """The limits are outside what makes sense."""

    def __init__(self) -> None:
        words = _("Choose 1 to %(runs)d runs at once, and 1 to %(requests)d requests a minute or none.")
        super().__init__(words % {"runs": MOST_AT_ONCE, "requests": MOST_PER_MINUTE})


@transaction.atomic
def limit(*, connection: Connection, at_once: int, per_minute: int | None, by: Member) -> Connection:
    """Let so many runs ask the system at once, and so many requests go out a minute (None: as fast as it answers).

    Raises BadLimits.
    """
    if not 1 <= at_once <= MOST_AT_ONCE or not (per_minute is None or 1 <= per_minute <= MOST_PER_MINUTE):
        raise BadLimits
    held: Connection = Connection.objects.select_for_update(no_key=True).get(pk=connection.pk)
    before = _limits(held)
    held.at_once, held.per_minute = at_once, per_minute
    if before != _limits(held):
        held.next_turn_at = None  # turns that were handed out for the old distance count no more
        held.save()
        audit.record("connection.limit", held, by=by, before=before, after=_limits(held))
    return held


def _limits(connection: Connection) -> dict[str, int | None]:
    return {"at_once": connection.at_once, "per_minute": connection.per_minute}


@transaction.atomic
def hand_over(connection: Connection, *, to: Member | None, by: Member) -> None:
    """Let scheduled runs act in another person's name; with nobody, administrators hear of trouble."""
    before = connection.created_by
    if before == to:
        return
    connection.created_by = to
    connection.save(update_fields=["created_by"])
    names = [str(each) if each else "" for each in (before, to)]
    audit.record("connection.hand_over", connection, by=by, before={"owner": names[0]}, after={"owner": names[1]})
