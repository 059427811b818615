"""What a run writes down while it reads: how far it has come, about once a second, and the rows it rejects."""

import time

from django.utils.translation import gettext as _

from connectors.base import Checked, Rejected, SetupProblem
from connectors.pipelines.leases import Lease, Progress

SECONDS_BETWEEN = 1.0
REJECTED_AT_ONCE = 1000
MOST_REJECTED = 100_000
"""So many bad rows mean a wrong mapping, and keeping each would cost more than the file."""


FIRST_LINE, LONGEST_BETWEEN_LINES = 10.0, 600.0
"""The log says how far reading has come after ten seconds, then after twice as long each time: ten lines an hour."""


class Notes:
    """Progress, rejected rows and lines of the log that are not written down yet."""

    def __init__(self, lease: Lease, *, seconds_between: float = SECONDS_BETWEEN) -> None:
        self._lease, self._seconds_between = lease, seconds_between
        self._due = time.monotonic() + seconds_between
        self.progress = Progress()
        self.rejected: list[Rejected] = []
        self.checked = Checked(0)
        self.journal = lease.journal
        self._requests, self._waited_seconds = 0, 0.0
        self._line_due, self._between_lines = time.monotonic() + FIRST_LINE, FIRST_LINE

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

    def asked(self) -> None:
        """Count one request to the other system."""
        self._requests += 1

    def waited(self, seconds: float) -> None:
        """Count the time that the rate limit took."""
        self._waited_seconds += seconds

    def has_read(self) -> None:
        """Say in the log how far reading has come, and how long the rate limit held it up since the last time."""
        progress = self.progress
        if self._waited_seconds >= 1:
            self.journal.add("waited", seconds=round(self._waited_seconds))
            self._waited_seconds = 0.0
        self.journal.add("read", rows=progress.rows_read, requests=self._requests)
        if progress.rows_rejected:
            self.journal.add("rejected", rows=progress.rows_rejected)

    def tick(self) -> None:
        """Write down what there is if it is time to. Raises LeaseLost, CancelAsked."""
        if time.monotonic() >= self._due:
            self.write()

    def write(self) -> None:
        """Write down what there is and renew the lease. Raises LeaseLost, CancelAsked."""
        if time.monotonic() >= self._line_due:
            self.has_read()
            self._between_lines = min(2 * self._between_lines, LONGEST_BETWEEN_LINES)
            self._line_due = time.monotonic() + self._between_lines
        rejected, self.rejected = self.rejected, []  # renew keeps them even when it then raises CancelAsked
        self._lease.renew(self.progress, rejected)
        self._due = time.monotonic() + self._seconds_between
