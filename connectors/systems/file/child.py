"""The child process that reads files (see bounded.py): limits itself, reads what it is given, answers in JSON lines.

Runs without a database, without keys and without the project's settings.
"""

import json
import resource
import sys
import traceback
from collections.abc import Callable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

import django
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from connectors.base import Calendar, SetupProblem
from connectors.systems.file import glimpse, totals, wire
from connectors.systems.file.bounded import too_large
from connectors.systems.file.contents import records_in
from connectors.systems.file.looking import Head
from connectors.systems.file.mapping import Mapping
from connectors.systems.file.sniff import sniff

PIECE = 64 * 1024
Task = dict[str, Any]


def main() -> None:
    """Do the one task of the first line with the bytes that follow it."""
    task: Task = json.loads(sys.stdin.buffer.readline())
    _speak(task)
    _limit(task["limits"])
    try:
        for message in TASKS[task["does"]](task, _content()):
            _say(message)
        _say({"end": True})
    except SetupProblem as problem:
        _say({"problem": problem.sentence})
    except MemoryError:
        _say({"problem": too_large()})
    except BrokenPipeError:
        return
    except Exception as error:  # a bug: its place alone, for its message may quote the file
        _say({"bug": type(error).__name__ + "\n" + "".join(traceback.format_tb(error.__traceback__))})


def _records(task: Task, content: Iterator[bytes]) -> Iterator[Any]:
    yield from wire.packed(records_in(Mapping.from_json(task["settings"]), content, _calendar(task)))


def _glimpse(task: Task, content: Iterator[bytes]) -> Iterator[Any]:
    mapping = None if task["settings"] is None else Mapping.from_json(task["settings"])
    yield glimpse.take(content, mapping, _calendar(task), most_rows=task["rows"]).to_json()


def _totals(task: Task, content: Iterator[bytes]) -> Iterator[Any]:
    head = Head(content)
    if not head.is_workbook and head.sample.is_cut:
        raise SetupProblem(_("The file of control totals is too long. Leave its periods and totals alone in it."))
    yield totals.read(*sniff(head), _calendar(task), wanted=task["wanted"])


TASKS: dict[str, Callable[[Task, Iterator[bytes]], Iterator[Any]]] = {
    "records": _records,
    "glimpse": _glimpse,
    "totals": _totals,
}


def _speak(task: Task) -> None:
    """Speak the language of the person who asked."""
    settings.configure(USE_I18N=True, LOCALE_PATHS=task["locales"], LOGGING_CONFIG=None)
    django.setup()
    translation.activate(task["language"] or "en")


def _limit(limits: dict[str, Any]) -> None:
    """Bind this process before it reads a byte of the file: memory, processor time, no files, no core dump."""
    for kind, most in (
        (resource.RLIMIT_AS, limits["memory_bytes"]),
        (resource.RLIMIT_CPU, limits["cpu_seconds"]),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def _calendar(task: Task) -> Calendar:
    zone, week_start, fiscal_year_start = task["calendar"]
    return Calendar(ZoneInfo(zone), week_start, fiscal_year_start)


def _content() -> Iterator[bytes]:
    stdin: Any = sys.stdin.buffer
    return iter(lambda: stdin.read1(PIECE), b"")


def _say(message: Any) -> None:
    sys.stdout.buffer.write(json.dumps(message, separators=(",", ":")).encode() + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
