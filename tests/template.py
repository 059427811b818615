"""The migrated database, kept as a template: copying it takes a moment, migrating longer than most tests.

It is of these migrations and these packages only. Whatever fails here is done the long way instead.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg2
from django.apps import apps
from django.conf import settings
from django.db import connection

PREFIX = "cxhub_template_"
PACKAGES = ("Django", "django-allauth")
KEYS = {"user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def copied_to(database: str) -> bool:
    """Make the database from the template of these migrations; False where there is none."""
    try:
        with _maintenance() as cursor:
            cursor.execute("select 1 from pg_database where datname = %s", [_name()])
            if cursor.fetchone() is None:
                return False
            cursor.execute(f'drop database if exists "{database}"')
            cursor.execute(f'create database "{database}" template "{_name()}"')
            return True
    except psycopg2.Error:
        return False


def keep(database: str) -> None:
    """Keep the database that was just migrated as the template, and let go of those of other migrations."""
    connection.close()  # a template is copied while nobody is connected to it
    with suppress(psycopg2.Error), _maintenance() as cursor:
        cursor.execute("select datname from pg_database where starts_with(datname, %s)", [PREFIX])
        held = {name for (name,) in cursor.fetchall()}
        if _name() not in held:
            cursor.execute(f'create database "{_name()}" template "{database}"')
        for name in held - {_name()}:
            cursor.execute(f'drop database if exists "{name}"')


@contextmanager
def _maintenance() -> Iterator[Any]:
    owner = {key: settings.OWNER_DATABASE.get(name) or None for key, name in KEYS.items()}
    with closing(psycopg2.connect(dbname="postgres", **owner)) as session:
        session.autocommit = True
        with session.cursor() as cursor:
            yield cursor


def _name() -> str:
    made_of = sha256(" ".join(version(each) for each in PACKAGES).encode())
    for app in apps.get_app_configs():
        for path in sorted(Path(app.path, "migrations").glob("*.py")):
            made_of.update(path.name.encode() + path.read_bytes())
    return PREFIX + made_of.hexdigest()[:16]
