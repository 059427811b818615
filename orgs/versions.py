"""Counts a workspace's data version up with every write to its tables, in the transaction that writes.

The version is the sum of a few rows. A transaction counts in a row that no other one holds, so that writers never wait
for each other, and whoever reads sees the count of just those writes that it sees. Steps are of a random size: a number
that was seen before a rollback comes back with no other data.
"""

from typing import Any

from django.db import connection
from django.db.migrations.operations.base import Operation

from orgs.walls import HERE

COUNT_UP = f"""
create function orgs_count_up() returns trigger language plpgsql as $$
declare
    here bigint;
    free integer;
begin
    -- Outside of a scope nobody but the tables' owner writes: to any workspace, so all of them count.
    for here in select id from orgs_workspace where {HERE} is null or id = {HERE} loop
        free := 0;
        while not pg_try_advisory_xact_lock(hashtext('data version ' || here), free) loop
            free := free + 1;
        end loop;
        insert into orgs_dataversion (workspace_id, slot, number) values (here, free, 1 + floor(random() * 1e9))
            on conflict (workspace_id, slot) do update set number = orgs_dataversion.number + excluded.number;
    end loop;
    return null;
end $$;
"""


class Counted(Operation):
    """Count a workspace's data version up with every statement that writes to this model's table.

    A change of nothing but the fields `but` does not count: what no page shows.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, model: str, *, but: tuple[str, ...] = ()):
        self.model, self.but = model, but

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.model], {"but": self.but}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Changes nothing that Django's state knows."""

    def describe(self) -> str:
        return f"Count the data version up with {self.model}"

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        meta = to_state.apps.get_model(app_label, self.model)._meta
        table = meta.db_table
        columns = [each.column for each in meta.local_concrete_fields if not each.generated]
        update = f"update of {', '.join(name for name in columns if name not in self.but)}" if self.but else "update"
        schema_editor.execute(
            f'create or replace trigger count_up after insert or delete or {update} on "{table}" '
            "for each statement execute function orgs_count_up()"
        )

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        table = from_state.apps.get_model(app_label, self.model)._meta.db_table
        schema_editor.execute(f'drop trigger if exists count_up on "{table}"')


def counted_tables() -> set[str]:
    """Return the tables whose writes count."""
    with connection.cursor() as cursor:
        cursor.execute("select tgrelid::regclass::text from pg_trigger where tgname = 'count_up'")
        return {name for (name,) in cursor.fetchall()}
