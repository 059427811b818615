"""The log of a run in words. The codes are those that connectors/pipelines/journal.py is given."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from connectors.models import SyncRun

WORDS = {
    "claimed": gettext_lazy("A worker began (attempt %(attempt)s)."),
    "lost": gettext_lazy("The worker before was lost. Another one began anew (attempt %(attempt)s)."),
    "interrupted": gettext_lazy("The worker was interrupted, not by this run. It begins anew by itself."),
    "landed": gettext_lazy("The figures landed. Readings written: %(readings)s. New KPIs: %(kpis)s."),
    "filled": gettext_lazy("Filled %(first)s to %(last)s."),
    "empty": gettext_lazy("Nothing new from %(first)s to %(last)s."),
}
COUNTED = {
    "waited": ngettext_lazy(
        "Waited %(seconds)s second for the rate limit.", "Waited %(seconds)s seconds for the rate limit.", "n"
    ),
    "read": ngettext_lazy("Read %(rows)s row so far.", "Read %(rows)s rows so far.", "n"),
    "rejected": ngettext_lazy("Rejected %(rows)s row so far.", "Rejected %(rows)s rows so far.", "n"),
    "restated": ngettext_lazy("Restated %(periods)s finished period.", "Restated %(periods)s finished periods.", "n"),
}
COUNTS = {"waited": "seconds", "read": "rows", "rejected": "rows", "restated": "periods"}
"""Which value of a code decides between singular and plural."""


@dataclass(frozen=True)
class LogLine:
    at: datetime
    text: str


def lines(run: SyncRun) -> list[LogLine]:
    """Return what happened to a run in the order it happened: from being asked for to its end."""
    between = [line for entry in run.log if (line := _line(*entry))]
    if run.cancel_asked_at:
        between.append(LogLine(run.cancel_asked_at, _("Somebody asked it to stop.")))
    between.sort(key=lambda line: line.at)
    begin = LogLine(run.asked_at, _("Asked for by %(who)s.") % {"who": run.asked_by})
    return [begin, *between, *_end(run)]


def _end(run: SyncRun) -> list[LogLine]:
    if run.finished_at is None:
        return []
    text = _("%(state)s. %(message)s") % {"state": run.get_state_display(), "message": run.message}
    return [LogLine(run.finished_at, text.strip())]


def _line(at: str, code: str, values: Mapping[str, Any]) -> LogLine | None:
    moment, text = parse_datetime(at), _text(code, values)
    return LogLine(moment, text) if moment and text else None


def _text(code: str, values: Mapping[str, Any]) -> str:
    """Return the words of a code; empty for one that is not known any more."""
    if code == "later":
        wait = {"sentence": values["sentence"], "wait": _length(values["seconds"])}
        return _("%(sentence)s It is tried again in %(wait)s.") % wait
    if code == "apart":
        words = _("The worker was lost, as several before. It begins anew in %(wait)s, apart from what went with it.")
        return words % {"wait": _length(values["seconds"])}
    if code not in WORDS and code not in COUNTED:
        return ""
    shown = {name: _shown(value) for name, value in values.items()}
    if code in WORDS:
        return str(WORDS[code]) % shown
    text = str(COUNTED[code] % {**shown, "n": values[COUNTS[code]]})
    if values.get("requests"):
        return _("%(text)s Requests: %(requests)s.") % {"text": text, **shown}
    return text


def _shown(value: Any) -> Any:
    """Return a day or a count as people write them."""
    if isinstance(value, int):
        return intcomma(value)
    return date_format(date.fromisoformat(value), "j M Y")


def _length(seconds: int) -> str:
    """Return a time in the unit that suits it: "90 seconds", "30 minutes", "6 hours"."""
    if seconds < 120:
        return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    if seconds < 2 * 3600:
        minutes = round(seconds / 60)
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = round(seconds / 3600)
    return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
