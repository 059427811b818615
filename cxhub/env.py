"""Reads the environment into plain values, and says in one line what is missing. Knows no Django setting."""

import os
from dataclasses import dataclass
from pathlib import Path

import environ
from cryptography.fernet import Fernet
from psycopg2 import ProgrammingError
from psycopg2.extensions import parse_dsn

from cxhub.lib.outbound.rules import Rules

ROOT = Path(__file__).resolve().parent.parent
env = environ.Env()

FORBIDDEN_SECRETS = {"", "secret", "changeme", "change-me", "default", "insecure"}
CONNECTION_KEYS = {"user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT", "dbname": "NAME"}


class BadSettings(SystemExit):
    """The environment cannot be run with. Ends the process with one sentence instead of a traceback."""

    def __init__(self, sentence: str):
        super().__init__(f"CX Hub cannot start: {sentence}")


@dataclass(frozen=True)
class Mode:
    name: str

    @property
    def is_production(self) -> bool:
        return self.name == "production"


def mode() -> Mode:
    name = env.str("CXHUB_MODE", default="production")
    if name not in {"production", "local", "test"}:
        raise BadSettings(f"CXHUB_MODE is {name!r}; use production, local or test.")
    return Mode(name)


def required(name: str) -> str:
    value: str = env.str(name, default="")
    if not value:
        raise BadSettings(f"{name} is not set. `make run` sets it for you; in production set it yourself.")
    return value


def secret_key(mode: Mode) -> str:
    key = required("SECRET_KEY")
    weak = len(key) < 50 or len(set(key)) < 5 or key.lower() in FORBIDDEN_SECRETS or key.startswith("django-insecure-")
    if mode.is_production and weak:
        raise BadSettings("SECRET_KEY is short or a default. Set 50 or more random characters.")
    return key


def encryption_keys() -> list[str]:
    """Fernet keys, newest first: the first encrypts, all decrypt."""
    keys = [key.strip() for key in required("ENCRYPTION_KEYS").split(",") if key.strip()]
    if not keys:
        raise BadSettings("ENCRYPTION_KEYS holds no key. Make one with: openssl rand -base64 32 | tr '+/' '-_'")
    try:
        for key in keys:
            Fernet(key)
    except ValueError:
        raise BadSettings(
            "ENCRYPTION_KEYS has a key that is not 32 url-safe base64 bytes. "
            "Make one with: openssl rand -base64 32 | tr '+/' '-_'"
        ) from None
    return keys


def hosts(mode: Mode) -> list[str]:
    names = [name.strip() for name in env.str("ALLOWED_HOSTS", default="").split(",") if name.strip()]
    if mode.is_production and (not names or any(name in {"*", "."} for name in names)):
        raise BadSettings("ALLOWED_HOSTS must name the hosts people use, without a wildcard.")
    return names or ["localhost", "127.0.0.1", "[::1]"]


def base_url(hosts: list[str], *, is_https: bool) -> str:
    """Where people reach the site, for links in mails. Without BASE_URL: the first host, and locally the port."""
    given: str = env.str("BASE_URL", default="").rstrip("/")
    if given and not given.startswith(("http://", "https://")):
        raise BadSettings("BASE_URL must begin with https:// or http://, such as https://cxhub.acme.example.")
    return given or (f"https://{hosts[0]}" if is_https else f"http://{hosts[0]}:{env.int('PORT', default=8000)}")


def debug(mode: Mode) -> bool:
    on: bool = env.bool("DEBUG", default=False)
    if on and mode.is_production:
        raise BadSettings("DEBUG is on. Take DEBUG out of the environment in production.")
    return on


def database(url: str, name: str) -> dict[str, object]:
    """A PostgreSQL URL as Django's setting. Parsed by libpq itself, so that unix sockets keep their letter case."""
    if not url.startswith(("postgres://", "postgresql://")):
        raise BadSettings(f"{name} must begin with postgres:// or postgresql://. CX Hub runs on PostgreSQL only.")
    try:
        parts = parse_dsn(url)
    except ProgrammingError:
        raise BadSettings(
            f"{name} is not a PostgreSQL address. Write postgres://user:password@host/database."
        ) from None
    known = {setting: parts.pop(key) for key, setting in CONNECTION_KEYS.items() if key in parts}
    if "NAME" not in known or "USER" not in known:
        raise BadSettings(f"{name} must name a user and a database: postgres://user:password@host/database.")
    return {"ENGINE": "django.db.backends.postgresql", **known, "OPTIONS": parts}


def redis_for_celery(url: str) -> str:
    """redis://… stays; unix:///path?db=0 becomes the form Celery's broker reads."""
    if not url.startswith("unix://"):
        return url
    path, _, query = url.removeprefix("unix://").partition("?")
    number = next((part.removeprefix("db=") for part in query.split("&") if part.startswith("db=")), "0")
    return f"redis+socket://{path}?virtual_host={number}"


def redis_of_test_worker(url: str) -> str:
    """Give each of pytest's parallel workers a Redis database of its own: one empties its cache, another has jobs."""
    worker = env.str("PYTEST_XDIST_WORKER", default="gw0").removeprefix("gw")
    address, number = url.partition("?")[0].rstrip("/"), int(worker) + 1
    return f"{address}?db={number}" if url.startswith("unix://") else f"{address}/{number}"


def outbound() -> Rules:
    """What calls to the outside may reach, and by which way."""
    try:
        return Rules.of(
            allow=env.str("OUTBOUND_ALLOW", default="").split(","),
            proxy=env.str("OUTBOUND_PROXY", default=""),
            ca_bundle=env.str("OUTBOUND_CA_BUNDLE", default=""),
        )
    except ValueError as problem:
        raise BadSettings(str(problem)) from None


def import_root() -> str:
    """The folder whose sub-folders, one a workspace, feeds may watch. Empty: no folder is watched."""
    path: str = env.str("IMPORT_ROOT", default="")
    if not path:
        return ""
    if not Path(path).is_absolute() or Path(path).is_symlink():
        raise BadSettings(f"IMPORT_ROOT is {path!r}; name a folder by its whole path, and no symbolic link.")
    if not Path(path).is_dir():
        raise BadSettings(f"IMPORT_ROOT names {path!r}, which is not a folder. Make it, or unset IMPORT_ROOT.")
    if not os.access(path, os.R_OK | os.X_OK):
        raise BadSettings(f"IMPORT_ROOT names {path!r}, which this process may not read. Let it read and enter it.")
    return path
