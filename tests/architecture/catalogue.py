"""What PostgreSQL's own catalogue says about the walls. Each function returns sentences about what is missing."""

from typing import Any

from orgs.walls import READ_ONLY_TABLES, SHARED_TABLES, application_role

WORKSPACE = "orgs_workspace"
# These can be of any table, and what they name may be gone.
NOT_REFERENCES = {
    "orgs_auditentry.subject_id",
    "governance_earlycause.thing_id",
    "orgs_chatpost.thing_id",
    "orgs_comment.subject_id",
    "orgs_mute.thing_id",
    "orgs_notification.thing_id",
}
# a person's own memberships and roles, to find the way in and to switch between workspaces
VISIBLE_BEFORE_A_SCOPE = {"orgs_member", "orgs_memberrole", WORKSPACE}
ASKED_BEFORE_A_SCOPE = {"orgs_slug_is_taken", "orgs_workspace_ids", "orgs_waiting_kinds"}
REMOVES_AN_EXAMPLE = {"orgs_remove_example"}  # the one in scope, with all its rows; never a real workspace
ALL, READ_ONLY, APPEND_ONLY = "SELECT INSERT UPDATE DELETE", "SELECT", "SELECT INSERT"
SWEPT = "SELECT INSERT DELETE"  # nobody rewrites it; a job lets go of what is old
NOT_ALL = {
    "orgs_auditentry": APPEND_ONLY,
    "journeys_mapversion": APPEND_ONLY,
    "governance_acknowledgement": APPEND_ONLY,
    "governance_changenote": APPEND_ONLY,
    "governance_confirmation": APPEND_ONLY,
    "governance_endorsement": APPEND_ONLY,
    "governance_expectationcheck": SWEPT,
    "governance_handoffword": APPEND_ONLY,
    WORKSPACE: "SELECT INSERT UPDATE",
}
HERE = "(NULLIF(current_setting('app.workspace'::text, true), ''::text))::bigint"

COLUMNS = """select a.attname from pg_attribute a
    where a.attrelid = %s::regclass and a.attnum > 0 and not a.attisdropped"""
POLICIES = "select cmd, qual, with_check from pg_policies where schemaname = 'public' and tablename = %s"
KEYS = """select c.contype, c.confrelid::regclass::text, c.confdeltype,
        array(select attname::text from unnest(c.conkey) with ordinality k(n, o)
              join pg_attribute on attrelid = c.conrelid and attnum = n order by o),
        array(select attname::text from unnest(c.confkey) with ordinality k(n, o)
              join pg_attribute on attrelid = c.confrelid and attnum = n order by o)
    from pg_constraint c where c.conrelid = %s::regclass"""
UNIQUES = """select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
    from pg_index i where i.indrelid = %s::regclass and i.indisunique and not i.indisprimary"""
GRANTS = """select p from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'REFERENCES', 'TRIGGER']) p
    where has_table_privilege(%s, %s, p)"""


def ask(cursor: Any, sql: str, *values: Any) -> list[Any]:
    cursor.execute(sql, values)
    return list(cursor.fetchall())


def tables(cursor: Any) -> list[str]:
    found = "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
    return sorted(name for (name,) in ask(cursor, found))


def tenant_tables(cursor: Any) -> list[str]:
    return [name for name in tables(cursor) if name not in {*SHARED_TABLES, *READ_ONLY_TABLES, WORKSPACE}]


def problems(cursor: Any) -> list[str]:
    """Return every hole in the walls, as "table: sentence"."""
    found = [f"{table}: {sentence}" for table in tenant_tables(cursor) for sentence in _of_table(cursor, table)]
    found += [f"{WORKSPACE}: {sentence}" for sentence in _of_policies(cursor, WORKSPACE, f"(id = {HERE})")]
    return found + _around(cursor) + _of_grants(cursor)


def _of_table(cursor: Any, table: str) -> list[str]:
    columns = [name for (name,) in ask(cursor, COLUMNS, table)]
    if "workspace_id" not in columns:
        return ["has no workspace_id and is in no list of tables without one"]
    keys = ask(cursor, KEYS, table)
    return (
        _of_policies(cursor, table, f"(workspace_id = {HERE})")
        + _of_keys(keys, set(tenant_tables(cursor)))
        + _of_columns(table, columns, keys)
        + _of_uniques(ask(cursor, UNIQUES, table))
    )


def _of_policies(cursor: Any, table: str, expected: str) -> list[str]:
    found = []
    if not ask(cursor, "select relrowsecurity from pg_class where oid = %s::regclass", table)[0][0]:
        found.append("row-level security is off")
    policies = ask(cursor, POLICIES, table)
    if ("ALL", expected, expected) not in policies:
        found.append("no policy keeps to the workspace in scope")
    extra = [policy for policy in policies if policy != ("ALL", expected, expected)]
    if any(command != "SELECT" or table not in VISIBLE_BEFORE_A_SCOPE for command, _, _ in extra):
        found.append("a further policy shows or changes more than the workspace in scope")
    return found


def _of_keys(keys: list[Any], tenants: set[str]) -> list[str]:
    found = []
    if not any(kind == "u" and columns == ["workspace_id", "id"] for kind, _, _, columns, _ in keys):
        found.append("UNIQUE (workspace_id, id) is missing")
    to_workspace = [rule for kind, to, rule, columns, _ in keys if to == WORKSPACE and columns == ["workspace_id"]]
    if to_workspace != ["c"]:
        found.append("no foreign key to the workspace that cascades")
    for kind, to, _, columns, targets in keys:
        if kind == "f" and to in tenants and (columns[0] != "workspace_id" or targets[0] != "workspace_id"):
            found.append(f"the key {columns} to {to} can cross workspaces")
    return found


def _of_columns(table: str, columns: list[str], keys: list[Any]) -> list[str]:
    bound = {column for kind, _, _, named, _ in keys if kind == "f" for column in named}
    loose = [name for name in columns if name.endswith("_id") and name not in bound]
    return [f"{name} has no foreign key" for name in loose if f"{table}.{name}" not in NOT_REFERENCES]


def _of_uniques(uniques: list[Any]) -> list[str]:
    """A clash with another company's row would tell that it exists."""
    return [f"{name} is unique across workspaces" for name, sql in uniques if "workspace_id" not in sql]


def _around(cursor: Any) -> list[str]:
    """Views show rows as their owner sees them, and such functions run as theirs: there may be no unknown ones."""
    views = "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm', 'f')"
    definers = "select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef"
    found = [f"{name}: a view looks over the walls" for (name,) in ask(cursor, views)]
    unknown = {name for (name,) in ask(cursor, definers)} - ASKED_BEFORE_A_SCOPE - REMOVES_AN_EXAMPLE
    return found + [f"{name}: a function runs as the owner of the tables" for name in sorted(unknown)]


def _of_grants(cursor: Any) -> list[str]:
    found = []
    for table in tables(cursor):
        held = " ".join(name for (name,) in ask(cursor, GRANTS, application_role(), table))
        wanted = READ_ONLY if table in READ_ONLY_TABLES else NOT_ALL.get(table, ALL)
        if held != wanted:
            found.append(f"{table}: the application role may {held or 'nothing'} instead of {wanted}")
    return found
