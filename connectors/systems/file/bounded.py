"""Reads a file in a bounded child (cxhub.lib.bounded), and says in a sentence why one could not be read."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from connectors.base import SetupProblem
from cxhub.lib.bounded import asking
from cxhub.lib.bounded.asking import Limits, Why

COMMAND = asking.module("connectors.systems.file.child")

# Silent for less than a lease (connectors/pipelines/leases.py), all in all less than the worker's limit for a task.
READING = Limits(memory_bytes=1024**3, cpu_seconds=900, wall_seconds=1500, silent_seconds=30)
LOOKING = Limits(memory_bytes=1024**3, cpu_seconds=20, wall_seconds=40, silent_seconds=20)


def ask(task: Mapping[str, Any], content: Iterable[bytes], limits: Limits) -> Iterator[Any]:
    """Give a child a task and the content, and yield each message it answers with. Raises SetupProblem."""
    try:
        yield from asking.ask(COMMAND, task, content, limits)
    except asking.Refused as refused:
        raise SetupProblem(refused.told or _words(refused.why)) from None


def _words(why: Why) -> str:
    if why == Why.SLOW:
        return _("This file takes far longer to read than a table would. Save it as CSV (UTF-8), or split it.")
    if why == Why.LARGE:
        return _("This file needs more memory to read than a table would. Save it as CSV (UTF-8), or split it.")
    return _("This file cannot be read: reading it broke off. Save the table as CSV (UTF-8).")
