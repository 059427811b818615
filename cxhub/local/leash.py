"""Processes that do not outlive us, and how they are stopped."""

import ctypes
import os
import signal
import subprocess
from collections.abc import Callable, Sequence

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def leashed(signum: signal.Signals) -> Callable[[], None]:
    """Return a `preexec_fn`: the kernel sends the child `signum` when we are gone, even after kill -9.

    "We" is the thread that starts the child, so start children from a thread that stays: the main one.
    """
    parent = os.getpid()

    def bind() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, signum)
        if os.getppid() != parent:  # we died before the line above took effect
            os._exit(1)

    return bind


def stop(process: subprocess.Popen[bytes], steps: Sequence[tuple[signal.Signals, float]]) -> None:
    """Ask with each signal in turn and wait its seconds; what remains of the child's session is killed."""
    for signum, seconds in steps:
        if process.poll() is not None:
            break
        process.send_signal(signum)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
    kill_session(process)


def kill_session(process: subprocess.Popen[bytes]) -> None:
    """The child leads a session of its own (start_new_session), so its number names all it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()
