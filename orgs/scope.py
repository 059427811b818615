"""The scope: which workspace and person the database shows rows of. Nothing here knows models or HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connection, transaction


@dataclass(frozen=True)
class Scope:
    workspace_id: int | None = None
    user_id: int | None = None


class NoScope(RuntimeError):
    """A row of a workspace was asked for without saying which workspace. Open a scope() first."""


class ForeignRow(RuntimeError):
    """A row of one workspace was about to be saved in the scope of another."""


_current: ContextVar[Scope] = ContextVar("scope", default=Scope())  # noqa: B039  frozen


def current() -> Scope:
    return _current.get()


def workspace_id() -> int:
    """The workspace in scope. Raises NoScope."""
    found = current().workspace_id
    if found is None:
        raise NoScope("No workspace in scope.")
    return found


def workspace_ids() -> list[int]:
    """Return every workspace there is, for jobs that do one after the other; that is all they see without a scope."""
    with connection.cursor() as cursor:
        cursor.execute("select orgs_workspace_ids()")
        return [row[0] for row in cursor.fetchall()]


@contextmanager
def scope(workspace_id: int | None, *, user_id: int | None = None) -> Iterator[None]:
    """Show the rows of one workspace (and the memberships of one person) inside one transaction.

    Scopes nest: leaving the inner one restores the outer one. After an error the savepoint's rollback restores it.
    """
    previous, new = current(), Scope(workspace_id, user_id)
    with transaction.atomic():
        token = _current.set(new)
        try:
            _tell_database(new)
            yield
            if not connection.needs_rollback:
                _tell_database(previous)
        finally:
            _current.reset(token)


def _tell_database(scope: Scope) -> None:
    # SET LOCAL, spelled as a function so that values are parameters; it ends with the transaction.
    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config('app.workspace', %s, true), set_config('app.user', %s, true)",
            [str(scope.workspace_id or ""), str(scope.user_id or "")],
        )
