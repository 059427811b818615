"""An embedded Redis that listens on a socket only."""

import signal
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

from cxhub.local import binaries
from cxhub.local.home import ONLY_OURS, make
from cxhub.local.leash import leashed, stop
from cxhub.local.logs import fresh_log, last_line
from cxhub.local.problems import Problem

START_SECONDS = 60  # it reads its journal first
STOP_STEPS = [(signal.SIGTERM, 5.0)]


def url(path: Path) -> str:
    return f"unix://{quote(str(path))}?db=0"


class Redis:
    def __init__(self, home: Path, path: Path, *, durable: bool) -> None:
        self.folder = make(home / "redis", ONLY_OURS)
        self.log = home / "redis.log"
        self.path = path
        self.durable = durable

    def start(self, lock: int) -> subprocess.Popen[bytes]:
        """Start the server and wait until it answers; `lock` as for PostgreSQL."""
        with fresh_log(self.log) as log:
            process = subprocess.Popen(
                self._command(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                pass_fds=[lock],
                start_new_session=True,
                preexec_fn=leashed(signal.SIGTERM),
            )
        try:
            self._wait_until_ready(process)
        except BaseException:
            stop(process, STOP_STEPS)
            raise
        return process

    def _command(self) -> list[str]:
        """The append-only file keeps what was queued through kill -9, of up to the last second."""
        options = {
            "port": "0",
            "unixsocket": str(self.path),
            "unixsocketperm": "700",
            "dir": str(self.folder),
            "appendonly": "yes" if self.durable else "no",
            "save": "",
            "daemonize": "no",
            "loglevel": "warning",
        }
        return [
            str(binaries.redis_server()),
            *(part for name, value in options.items() for part in (f"--{name}", value)),
        ]

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if process.poll() is not None or time.monotonic() > deadline:
                raise Problem(f"Redis did not start: {last_line(self.log)} The whole log: {self.log}")
            time.sleep(0.02)

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(2)
            try:
                probe.connect(str(self.path))
                probe.sendall(b"PING\r\n")
                return probe.recv(16).startswith(b"+PONG")
            except OSError:
                return False
