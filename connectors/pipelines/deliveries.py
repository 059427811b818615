"""What a run, or one step of it, delivers: added up, and named by content, so that the same twice changes nothing."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from connectors.base import Added, Answer, Calendar, Days, Plan, Ready, Rejected, SetupProblem
from connectors.models import FilePart, SyncRun
from connectors.pipelines.tallies import tally_of
from connectors.queries import parts


class Delivery:
    """The records of a file, of what is new in a system, or of the days that a backfill asks for."""

    def __init__(self, plan: Plan, calendar: Calendar, days: Days | None = None) -> None:
        self.plan, self.calendar, self.days = plan, calendar, days
        self.tally = tally_of(plan, calendar)
        self.cursor: Mapping[str, Any] | None = None
        self.rows = 0
        self.because = ""  # why a system says something else of days it spoke of before, in its words
        self.is_moved = False  # its past is made up anew, and was never anybody's number
        self.messages: list[int] | None = None  # of a feed that is sent to: those that this delivery takes in
        self.heard_at: datetime | None = None  # when the latest of them came
        self._reasons = Counter[str]()

    def add(self, record: Answer | Ready | Added | Rejected) -> Rejected | None:
        """Count one record; returns it with the reason if it cannot be used. Raises SetupProblem."""
        self.rows += 1
        rejected = record if isinstance(record, Rejected) else self.tally.add(record)  # type: ignore[arg-type]
        if rejected:
            self._reasons[rejected.reason] += 1
        return rejected

    def refuse_useless(self) -> None:
        """Raise SetupProblem when there are rows and not one of them can be used."""
        if self.rows and self._reasons.total() == self.rows:
            words = {"rows": f"{self.rows:,}", "reason": self._reasons.most_common(1)[0][0]}
            raise SetupProblem(_("Not one of %(rows)s rows can be used. Most often: %(reason)s.") % words)

    def fresh_at(self, now: datetime) -> datetime | None:
        """Return when its system was last heard; None when no message came."""
        return now if self.messages is None else self.heard_at

    def name(self, run: SyncRun) -> str:
        """Return one name for this content read in this way: of the file's bytes, or of what the system answered."""
        if run.file:
            return parts.content_key(run.file, run.mapping)
        canonical = json.dumps([run.feed_id, run.mapping, self._said()], sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    def landed_before(self, run: SyncRun) -> FilePart | None:
        """Return the part that holds this content read in this way, whole, if it has landed."""
        same = FilePart.objects.filter(content_key=self.name(run))
        return same.select_related("run", "feed").first()

    def _said(self) -> list[list[Any]]:
        told = (
            [subject.touchpoint, subject.channel, subject.department, day.isoformat(), held.to_json()]
            for subject, day, held in self.tally.told()
        )
        return sorted(told, key=lambda line: line[:4])
