"""A connection as the role that owns the tables: to plant what the application role could never do."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
from django.conf import settings
from django.db import connection

KEYS = {"user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


@contextmanager
def owner_cursor() -> Iterator[Any]:
    """Everything done with the cursor is rolled back."""
    owner = {key: settings.OWNER_DATABASE.get(name) or None for key, name in KEYS.items()}
    session = psycopg2.connect(dbname=connection.settings_dict["NAME"], **owner)
    try:
        with session.cursor() as cursor:
            yield cursor
    finally:
        session.rollback()
        session.close()
