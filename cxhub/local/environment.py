"""The environment that the product's own processes get (the contract is cxhub/env.py)."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from cxhub.local.problems import Problem
from cxhub.local.servers import Servers

Environment = dict[str, str]
ADDRESSES = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")
OWNERS_ALONE = {"DATABASE_OWNER_URL", "CXHUB_DATABASE_ROLE"}
HERE = ["localhost", "127.0.0.1", "[::1]"]

DEFAULTS = {
    "HTTPS": "0",
    "BIND": "127.0.0.1",
    "PORT": "8000",
    # Root who starts this on a machine of their own knows it.
    "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
}


def outside_servers(environ: Mapping[str, str], prefix: str = "") -> Servers | None:
    """Return the servers that the settings name, or None when they name none and ours are to start."""
    names = [prefix + name for name in ADDRESSES]
    missing = [name for name in names if not environ.get(name)]
    if len(missing) == len(names):
        return None
    if missing:
        given = " and ".join(name for name in names if name not in missing)
        raise Problem(
            f"{given} is set without {' and '.join(missing)}. Set all three to use servers of your own, "
            "or none to use the embedded ones."
        )
    return Servers(*(environ[name] for name in names))


def with_programs(environ: Mapping[str, str]) -> Environment:
    """Find `celery`, `uvicorn` and the rest in the folder of this Python first."""
    path = os.pathsep.join([str(Path(sys.executable).parent), environ.get("PATH", os.defpath)])
    return {**environ, "PATH": path, "PYTHONUNBUFFERED": "1"}


def for_owner(settings: Mapping[str, str], servers: Servers) -> Environment:
    owner = {"CXHUB_DATABASE_ROLE": "owner", "DATABASE_OWNER_URL": servers.database_owner_url}
    return {**for_application(settings, servers), **owner}


def for_application(settings: Mapping[str, str], servers: Servers) -> Environment:
    """Web, worker and beat never learn the owner's address."""
    kept = {key: value for key, value in settings.items() if key not in OWNERS_ALONE}
    return {**with_programs(kept), "DATABASE_URL": servers.database_url, "REDIS_URL": servers.redis_url}


def local(environ: Mapping[str, str], kept: Mapping[str, str], home: Path) -> Environment:
    """Settings of a local start: over plain http, known by this machine's names and those the user gave.

    What the user set now wins over what the settings file keeps, and both over the defaults here.
    """
    given = {**kept, **{key: value for key, value in environ.items() if value}}
    named = [name.strip() for name in given.get("ALLOWED_HOSTS", "").split(",") if name.strip()]
    fixed = {"CXHUB_MODE": "local", "CXHUB_HOME": str(home), "ALLOWED_HOSTS": ",".join(dict.fromkeys(HERE + named))}
    return {**DEFAULTS, "STATIC_ROOT": str(home / "static"), **given, **fixed}
