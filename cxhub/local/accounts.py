"""The system account that PostgreSQL runs under: ours, or one of its own when we are root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from cxhub.local.home import is_root
from cxhub.local.problems import Problem

DEDICATED = "cxhub-postgres"


class RunAs(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int

    @property
    def owner(self) -> tuple[int, int]:
        return self.uid, self.gid

    @property
    def run_as(self) -> RunAs:
        """What subprocess needs to start a process under this account; nothing when it is ours already."""
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def ours() -> Account:
    """The account we run under. PostgreSQL tells people apart by its name, so it must have one."""
    try:
        entry = pwd.getpwuid(os.geteuid())
    except KeyError:
        raise Problem(
            f"User {os.geteuid()} has no name on this machine, and PostgreSQL needs one. Add it to /etc/passwd."
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def for_postgres() -> Account:
    if not is_root():
        return ours()
    return _dedicated() or _create_dedicated()


def check_reach(account: Account, folder: Path) -> None:
    """PostgreSQL's own account must be able to walk to its data, and we never open a parent for it."""
    if account.uid == os.geteuid():
        return
    for parent in [folder, *folder.parents]:
        if not parent.stat().st_mode & 0o001:
            raise Problem(
                f"PostgreSQL runs as {account.name} and cannot enter {parent}. "
                "Choose a folder outside it: make run CXHUB_HOME=/path"
            )


def _dedicated() -> Account | None:
    try:
        entry = pwd.getpwnam(DEDICATED)
    except KeyError:
        return None
    if entry.pw_uid == 0:
        raise Problem(f"The user {DEDICATED} is root under another name, and PostgreSQL refuses that. Remove it.")
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _create_dedicated() -> Account:
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    try:
        made = subprocess.run(
            [*command, "--shell", "/usr/sbin/nologin", DEDICATED], capture_output=True, text=True, check=False
        )
        said = made.stderr.strip()
    except FileNotFoundError:
        said = "the command useradd is missing"
    account = _dedicated()  # another start may have made it at the same moment
    if account is None:
        raise Problem(f"PostgreSQL cannot run as root, and its user {DEDICATED} could not be made: {said}.")
    return account
