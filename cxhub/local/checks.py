"""`make check`: what a machine can say about the code without running it. Each finding once, nothing else."""

import os
import secrets
import subprocess
import sys

from cxhub.local import environment
from cxhub.local.environment import Environment
from cxhub.local.home import ROOT
from cxhub.local.servers import Servers
from cxhub.local.settings_file import new_encryption_key

PYTHON = sys.executable
# No command here talks to a server.
NOWHERE = Servers(
    "postgres://cxhub_app@127.0.0.1:1/cxhub", "postgres://cxhub_owner@127.0.0.1:1/cxhub", "redis://[::1]:1/0"
)


def check() -> int:
    failed = [name for name, command in _commands() if not _passes(name, command)]
    if failed:
        print(f"\nTo be put right: {', '.join(failed)}")
    return 1 if failed else 0


def _commands() -> list[tuple[str, list[str]]]:
    pages = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "templates").rglob("*.html"))]
    return [
        ("ruff check", ["ruff", "check", "--quiet", "--output-format=concise", "."]),
        ("ruff format", ["ruff", "format", "--check", "--output-format=concise", "."]),
        ("import contracts", ["lint-imports", "--no-logo"]),
        ("types", ["mypy"]),
        ("template lint", ["djlint", "templates", "--lint", "--quiet"]),
        ("template format", ["djade", "--check", "--target-version", "5.2", *pages]),
        ("migrations", [PYTHON, "-W", "ignore::RuntimeWarning", "manage.py", "makemigrations", "--check", "--dry-run"]),
        ("deploy check", [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]),
    ]


def _passes(name: str, command: list[str]) -> bool:
    """Run one command under production settings with throwaway secrets; show what it said if it failed."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=_production(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    print(f"{'ok    ' if done.returncode == 0 else 'FAILED'}  {name}", flush=True)
    if done.returncode:
        print(done.stdout.rstrip(), flush=True)
    return done.returncode == 0


def _production() -> Environment:
    return {
        **environment.for_application(os.environ, NOWHERE),
        "CXHUB_MODE": "production",
        "HTTPS": "1",
        "DEBUG": "0",
        "ALLOWED_HOSTS": "cxhub.example",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ENCRYPTION_KEYS": new_encryption_key(),
    }
