"""What a run writes down while it reads: how far it has come, about once a second, and the rows it rejects."""

import time

from django.utils.translation import gettext as _

from connectors.base import Checked, Rejected, SetupProblem
from connectors.pipelines.leases import Lease, Progress

SECONDS_BETWEEN = 1.0
REJECTED_AT_ONCE = 1000
MOST_REJECTED = 100_000
"""So many bad rows mean a wrong mapping, and keeping each would cost more than the file."""


class Notes:
    """Progress and rejected rows that are not written down yet."""

    def __init__(self, lease: Lease, *, seconds_between: float = SECONDS_BETWEEN) -> None:
        self._lease, self._seconds_between = lease, seconds_between
        self._due = time.monotonic() + seconds_between
        self.progress = Progress()
        self.rejected: list[Rejected] = []
        self.checked = Checked(0)

    def read(self, total_bytes: int) -> None:
        """Note that so many bytes have been read. Raises LeaseLost, CancelAsked."""
        self.progress.bytes_read = total_bytes
        self.tick()

    def reject(self, row: Rejected) -> None:
        """Keep a rejected row. Raises SetupProblem, LeaseLost, CancelAsked."""
        self.progress.rows_rejected += 1
        self.rejected.append(row)
        if self.progress.rows_rejected > MOST_REJECTED:
            raise SetupProblem(
                _("More than %(most)s rows are rejected, so reading stopped. Most likely: %(reason)s.")
                % {"most": f"{MOST_REJECTED:,}", "reason": row.reason}
            )
        if len(self.rejected) >= REJECTED_AT_ONCE:
            self.write()

    def tick(self) -> None:
        """Write down what there is if it is time to. Raises LeaseLost, CancelAsked."""
        if time.monotonic() >= self._due:
            self.write()

    def write(self) -> None:
        """Write down what there is and renew the lease. Raises LeaseLost, CancelAsked."""
        rejected, self.rejected = self.rejected, []  # renew keeps them even when it then raises CancelAsked
        self._lease.renew(self.progress, rejected)
        self._due = time.monotonic() + self._seconds_between
