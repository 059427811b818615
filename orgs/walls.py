"""The walls in PostgreSQL: what a migration says to put a table behind them. docs/adr/0001 gives the reasons."""

from typing import Any

from django.conf import settings
from django.db.migrations.operations.base import Operation

HERE = "nullif(current_setting('app.workspace', true), '')::bigint"
ME = "nullif(current_setting('app.user', true), '')::bigint"

# Tables without a workspace, each with the reason why it may have none. The application role may write the first kind.
SHARED_TABLES = {
    "orgs_user": "a person can be in several workspaces and signs in before any is known",
    "account_emailaddress": "addresses of people, read at sign-in",
    "account_emailconfirmation": "pending confirmations of those addresses",
    "django_session": "a session begins before a workspace is chosen",
}
READ_ONLY_TABLES = {
    "django_content_type": "Django's list of models",
    "django_migrations": "which migrations ran; the readiness check reads it",
    "auth_permission": "Django's own permissions, unused",
    "auth_group": "Django's own groups, unused",
    "auth_group_permissions": "Django's own groups, unused",
}


def application_role() -> str:
    return str(settings.APPLICATION_DATABASE["USER"])


class TenantTable(Operation):
    """Put a model's table behind the walls: policy, grants, UNIQUE (workspace_id, id), composite foreign keys.

    Safe to repeat: a later migration that adds a foreign key names the model again and only the missing key is made.
    `append_only` grants SELECT and INSERT alone; with `is_swept` DELETE too, for rows that a job lets go after a stated
    time. `also_visible` widens reading (never writing) by one SQL condition.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, model: str, *, append_only: bool = False, is_swept: bool = False, also_visible: str = ""):
        self.model, self.append_only, self.is_swept, self.also_visible = model, append_only, is_swept, also_visible

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        told = {"append_only": self.append_only, "is_swept": self.is_swept, "also_visible": self.also_visible}
        return type(self).__name__, [self.model], told

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Changes nothing that Django's state knows."""

    def describe(self) -> str:
        return f"Put {self.model} behind the workspace walls"

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = to_state.apps.get_model(app_label, self.model)
        table = model._meta.db_table
        _policies(schema_editor, table, self.also_visible)
        _grants(schema_editor, table, _rights(self.append_only, self.is_swept))
        _add(schema_editor, table, f"{table}_ws_id_key", "unique (workspace_id, id)")
        _cascade_with_workspace(schema_editor, table)
        for field in model._meta.local_fields:
            if field.is_relation and _has_workspace(field.related_model):
                _composite_key(schema_editor, table, field)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        table = from_state.apps.get_model(app_label, self.model)._meta.db_table
        schema_editor.execute(f'drop policy if exists tenant on "{table}"')
        schema_editor.execute(f'drop policy if exists tenant_visible on "{table}"')


def grant_shared_tables(cursor: Any) -> None:
    """Give the application role what it needs of the tables without a workspace. Run after every migrate."""
    role = application_role()
    for table in SHARED_TABLES:
        cursor.execute(f'grant select, insert, update, delete on "{table}" to "{role}"')
    for table in READ_ONLY_TABLES:
        cursor.execute(f'grant select on "{table}" to "{role}"')


def _policies(editor: Any, table: str, also_visible: str) -> None:
    editor.execute(f'alter table "{table}" enable row level security')
    editor.execute(f'drop policy if exists tenant on "{table}"')
    editor.execute(
        f'create policy tenant on "{table}" using (workspace_id = {HERE}) with check (workspace_id = {HERE})'
    )
    if also_visible:
        editor.execute(f'drop policy if exists tenant_visible on "{table}"')
        editor.execute(f'create policy tenant_visible on "{table}" for select using ({also_visible})')


def _rights(append_only: bool, is_swept: bool) -> str:
    if not append_only:
        return "select, insert, update, delete"
    return "select, insert, delete" if is_swept else "select, insert"


def _grants(editor: Any, table: str, rights: str) -> None:
    editor.execute(f'revoke all on "{table}" from "{application_role()}"')
    editor.execute(f'grant {rights} on "{table}" to "{application_role()}"')


def _cascade_with_workspace(editor: Any, table: str) -> None:
    _add(
        editor,
        table,
        f"{table}_ws_fk",
        "foreign key (workspace_id) references orgs_workspace (id) on delete cascade deferrable initially deferred",
    )


def _composite_key(editor: Any, table: str, field: Any) -> None:
    target = field.related_model._meta.db_table
    _add(
        editor,
        table,
        f"{table}_{field.column}_ws_fk"[:63],
        f'foreign key (workspace_id, "{field.column}") references "{target}" (workspace_id, id) '
        "deferrable initially deferred",
    )


def _add(editor: Any, table: str, name: str, definition: str) -> None:
    with editor.connection.cursor() as cursor:
        cursor.execute("select 1 from pg_constraint where conname = %s and conrelid = %s::regclass", [name, table])
        known = cursor.fetchone()
    if not known:
        editor.execute(f'alter table "{table}" add constraint "{name}" {definition}')


def _has_workspace(model: Any) -> bool:
    return any(field.name == "workspace" for field in model._meta.local_fields)
