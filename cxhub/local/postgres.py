"""An embedded PostgreSQL: its data folder, its server process, its rules on who may connect."""

import shutil
import signal
import subprocess
import time
from pathlib import Path

import psycopg2

from cxhub.local import binaries, database
from cxhub.local.accounts import Account, check_reach, ours
from cxhub.local.home import ONLY_OURS, PASS_THROUGH, is_root, make
from cxhub.local.leash import leashed, stop
from cxhub.local.logs import fresh_log, last_line
from cxhub.local.problems import Problem

START_SECONDS = 120  # after a crash the server replays its journal first
# Fast shutdown first, then an immediate one: the journal brings back what was committed.
STOP_STEPS = [(signal.SIGINT, 8.0), (signal.SIGQUIT, 3.0)]
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


class Postgres:
    def __init__(self, home: Path, account: Account, sockets: Path, *, durable: bool) -> None:
        self.home = home
        self.data = home / "postgres"
        self.log = home / "postgres.log"
        self.account = account
        self.sockets = sockets
        self.durable = durable
        self.programs = binaries.postgres()

    def start(self, lock: int) -> subprocess.Popen[bytes]:
        """Start the server and wait until its roles and database are there. It holds a copy of `lock`, so
        that the next start knows when the last of its processes is gone."""
        check_reach(self.account, self.home)
        self._make_data()
        # We hold the lock: no server runs on this folder, whatever process has that number by now.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        with fresh_log(self.log) as log:
            process = subprocess.Popen(
                self._command(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=ENVIRONMENT,
                pass_fds=[lock],
                start_new_session=True,
                preexec_fn=leashed(signal.SIGINT),
                **self.account.run_as,
            )
        try:
            self._wait_until_ready(process)
            database.settle(self.sockets)
        except BaseException:
            stop(process, STOP_STEPS)
            raise
        return process

    def _make_data(self) -> None:
        """Run initdb beside the final place and rename: a data folder is there whole or not at all."""
        if self.data.exists():
            self._check_version()
            return
        unfinished = self.home / "postgres.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        make(unfinished, ONLY_OURS, self.account.owner)
        command = [str(self.programs / "initdb"), "-D", str(unfinished), *INITDB_OPTIONS]
        if not self.durable:
            command.append("--no-sync")
        made = subprocess.run(
            command,
            capture_output=True,
            text=True,
            cwd="/",
            env=ENVIRONMENT,
            check=False,
            preexec_fn=leashed(signal.SIGKILL),
            start_new_session=True,
            **self.account.run_as,
        )
        if made.returncode:
            raise Problem(f"PostgreSQL could not make its data folder: {_first_error(made.stderr)}")
        unfinished.rename(self.data)

    def _check_version(self) -> None:
        try:
            found = (self.data / "PG_VERSION").read_text().strip()
        except OSError:
            found = "no version"
        if found != binaries.POSTGRES_MAJOR:
            raise Problem(
                f"{self.data} holds data of PostgreSQL {found}, and this is {binaries.POSTGRES_MAJOR}. "
                "Move that folder away, or choose another: make run CXHUB_HOME=/path"
            )

    def _command(self) -> list[str]:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            **self._access_files(),
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_checkpoints": "off",
            "wal_level": "minimal",
            "max_wal_senders": "0",
            **({} if self.durable else NOT_DURABLE),
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [str(self.programs / "postgres"), "-D", str(self.data), *options]

    def _access_files(self) -> dict[str, str]:
        """Written at every start, outside the folder that the server can write: only the user who runs
        CX Hub may connect, through the socket, and the kernel says who that is."""
        folder = make(self.home / "access", PASS_THROUGH if is_root() else ONLY_OURS)
        user = ours().name.replace('"', '""')
        roles = ("postgres", database.OWNER, database.APPLICATION)
        rules = {
            "hba_file": "local all all peer map=cxhub\n",
            "ident_file": "".join(f'cxhub "{user}" {role}\n' for role in roles),
        }
        for name, text in rules.items():
            (folder / name).write_text(text)
            (folder / name).chmod(0o644)
        return {name: str(folder / name) for name in rules}

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                database.connect(self.sockets).close()
                return
            except psycopg2.OperationalError:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise Problem(
                        f"PostgreSQL did not start: {last_line(self.log)} The whole log: {self.log}"
                    ) from None
            time.sleep(0.05)


# The builtin locale sorts and folds case alike on every machine, whatever locales are installed there.
INITDB_OPTIONS = [
    "--username=postgres",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--data-checksums",
    "--auth-local=peer",
    "--auth-host=reject",
]
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def _first_error(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    signs = ("error", "fatal", "denied", "cannot", "could not", "no space")
    telling = (line for line in lines if any(sign in line.lower() for sign in signs))
    return next(telling, (lines or ["unknown"])[-1])
