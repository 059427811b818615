"""How everything that leaves by itself is held and noted: leases, fences, and trying again (ADR 16)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q

from cxhub.lib import jobs, mail
from orgs.models import Sending
from orgs.scope import scope, workspace_ids

BATCH = 20
LEASE = timedelta(seconds=BATCH * mail.SECONDS * 2)
MOST_TRIES = 12
MOST_BEGUN = 2  # sendings of one whose end nobody knows: the second may be a duplicate, there is no third
LONGEST_WAIT = timedelta(hours=6)


def wake_due(job: str, model: type[Sending], now: datetime) -> None:
    """Wake this job for each workspace in which something is due."""
    for workspace_id in workspace_ids():
        with scope(workspace_id):
            if due(model, now).exists():
                jobs.wake(job, workspace_id=workspace_id)


def send_batch(
    job: str,
    model: type[Sending],
    send_all: Callable[[int, list[tuple[int, int]], datetime], int],
    *,
    workspace_id: int,
    now: datetime,
) -> int:
    """Send what is due in a workspace, one batch, and wake the next when there is more. Returns how many went out."""
    with scope(workspace_id):
        claimed = claim(model, now)
    if not claimed:
        return 0
    sent = send_all(workspace_id, claimed, now)
    if sent and len(claimed) == BATCH:
        with scope(workspace_id):
            jobs.wake(job, workspace_id=workspace_id)
    return sent


def due(model: type[Sending], now: datetime) -> Any:
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    return model.objects.filter(free, due_at__lte=now)


def claim(model: type[Sending], now: datetime) -> list[tuple[int, int]]:
    """Lease a batch to this worker, committed before anything is sent. Returns ids, each with its fence.

    A lease that ran out means that a worker died. Had it begun to send, nobody knows whether it went out.
    """
    held = list(due(model, now).select_for_update(skip_locked=True).order_by("due_at", "pk")[:BATCH])
    for each in held:
        each.fence += 1
        each.tries += 1
        each.leased_until = now + LEASE
    model.objects.bulk_update(held, ["fence", "tries", "leased_until"])
    return [(each.pk, each.fence) for each in held]


def begin(model: type[Sending], pk: int, fence: int) -> None:
    """Note that sending begins, to be committed before it does."""
    note(model, pk, fence, keep_lease=True, begun=F("begun") + 1)


def postpone(model: type[Sending], pk: int, fence: int, until: datetime) -> None:
    """Let it wait until a moment without counting that as a try."""
    note(model, pk, fence, due_at=until, tries=F("tries") - 1)


def later(model: type[Sending], pk: int, fence: int, now: datetime, *, wait: timedelta | None = None) -> None:
    """Try again later and later, or when asked to; after the last try no more. What was sent or dropped stays so."""
    one = model.objects.filter(pk=pk, fence=fence).exclude(due_at=None).first()
    if one is None:
        return
    wait = min(max(wait or timedelta(0), timedelta(minutes=2**one.tries)), LONGEST_WAIT)
    note(model, pk, fence, begun=0, due_at=None if one.tries >= MOST_TRIES else now + wait)


def note(model: type[Sending], pk: int, fence: int, *, keep_lease: bool = False, **news: Any) -> bool:
    """Write what became of it, unless another worker holds the lease by now. Returns whether it was written."""
    lease = {} if keep_lease else {"leased_until": None}
    return bool(model.objects.filter(pk=pk, fence=fence).update(**lease, **news))
