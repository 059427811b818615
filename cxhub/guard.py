"""Refuses to work as a database role that the walls do not hold: an owner of tables, a superuser, a BYPASSRLS role."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection

from cxhub.env import BadSettings

TOO_STRONG = """
select me.rolsuper or me.rolbypassrls or exists (
    select from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema')
      and pg_has_role(current_user, c.relowner, 'usage'))
from pg_roles me where me.rolname = current_user
"""
SENTENCE = (
    "the role of DATABASE_URL owns tables, is a superuser or has BYPASSRLS, so the walls between workspaces would not "
    "hold. Give it a role of its own, as docs/how-to/run-in-production.md shows."
)


def watch(sender: Any, connection: Any, **kwargs: Any) -> None:
    """Look at every new connection: a role can be made stronger while we run. Raises ImproperlyConfigured."""
    if _is_watched() and _is_too_strong(connection):
        connection.close()
        raise ImproperlyConfigured(SENTENCE)


def at_start(**kwargs: Any) -> None:
    """End a server process that starts with such a role. A database that is away is looked at once it is back."""
    if not _is_watched():
        return
    try:
        connection.ensure_connection()
    except ImproperlyConfigured as problem:
        raise BadSettings(str(problem)) from None
    except OperationalError:
        return
    connection.close()


def _is_watched() -> bool:
    """Migrations run as the owner on purpose; tests make their database as the owner and then step down."""
    return bool(settings.DATABASE_ROLE == "application" and settings.MODE.name != "test")


def _is_too_strong(connection: Any) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(TOO_STRONG)
        return bool(cursor.fetchone()[0])
