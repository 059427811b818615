"""The child's side of reading a file (see asking.py): limits itself, does its one task, answers in JSON lines.

Runs without a database, without keys and without the project's settings.
"""

import json
import resource
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import django
from django.conf import settings
from django.utils import translation

from cxhub.lib.bounded.asking import Why

PIECE = 64 * 1024
Task = dict[str, Any]
Does = Callable[[Task, Iterator[bytes]], Iterator[Any]]


def serve(tasks: Mapping[str, Does], *, refusal: type[Exception]) -> None:
    """Do the one task of the first line with the bytes that follow it.

    `refusal` is raised where something is wrong with the file; its first argument is told to the parent.
    """
    task: Task = json.loads(sys.stdin.buffer.readline())
    _speak(task)
    limit(task["limits"])
    try:
        for message in tasks[task["does"]](task, _content()):
            _say(message)
        _say({"end": True})
    except refusal as refused:
        _say({"refused": Why.TOLD, "told": refused.args[0]})
    except MemoryError:
        _say({"refused": Why.LARGE})
    except BrokenPipeError:
        return
    except Exception as error:  # a bug: its place alone, for its message may quote the file
        _say({"bug": type(error).__name__ + "\n" + "".join(traceback.format_tb(error.__traceback__))})


def limit(limits: dict[str, Any]) -> None:
    """Bind this process before it reads a byte of the file: memory, processor time, no files, no core dump."""
    for kind, most in (
        (resource.RLIMIT_AS, limits["memory_bytes"]),
        (resource.RLIMIT_CPU, limits["cpu_seconds"]),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def _speak(task: Task) -> None:
    """Speak the language of the person who asked."""
    settings.configure(USE_I18N=True, LOCALE_PATHS=task["locales"], LOGGING_CONFIG=None)
    django.setup()
    translation.activate(task["language"] or "en")


def _content() -> Iterator[bytes]:
    stdin: Any = sys.stdin.buffer
    return iter(lambda: stdin.read1(PIECE), b"")


def _say(message: Any) -> None:
    sys.stdout.buffer.write(json.dumps(message, separators=(",", ":")).encode() + b"\n")
    sys.stdout.buffer.flush()
