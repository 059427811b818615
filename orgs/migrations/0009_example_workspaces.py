"""A workspace can be an example, from its first moment or never; only an example can be removed by the application."""

from django.db import migrations, models

from orgs.walls import HERE, application_role

NEVER_LATER = """
create function orgs_example_is_born() returns trigger language plpgsql as $$
begin
    raise exception 'A workspace is an example from its first moment or never.' using errcode = 'check_violation';
end $$;
create trigger orgs_example_is_born before update on orgs_workspace
    for each row when (old.is_example is distinct from new.is_example) execute function orgs_example_is_born();
"""

# Runs as the owner of the tables: it takes no argument, so that it reaches the workspace in scope alone, and of those
# an example alone. Everything else goes with the row, by the cascades of TenantTable.
REMOVE = f"""
create function orgs_remove_example() returns boolean
    language plpgsql volatile security definer set search_path = pg_catalog, public
    as $$ begin
        delete from public.orgs_workspace where id = {HERE} and is_example;
        return found;
    end $$;
revoke all on function orgs_remove_example() from public;
"""


def wall(apps, schema_editor):
    run = schema_editor.execute
    run(NEVER_LATER, params=None)
    run(REMOVE, params=None)
    run(f'grant execute on function orgs_remove_example() to "{application_role()}"')
    run(f'revoke delete on orgs_workspace from "{application_role()}"')


def open_again(apps, schema_editor):
    run = schema_editor.execute
    run(f'grant delete on orgs_workspace to "{application_role()}"')
    run("drop function orgs_remove_example()")
    run("drop trigger orgs_example_is_born on orgs_workspace")
    run("drop function orgs_example_is_born()")


class Migration(migrations.Migration):
    dependencies = [("orgs", "0008_audit_moments")]
    operations = [
        migrations.AddField("workspace", "is_example", models.BooleanField(default=False, editable=False)),
        migrations.RunPython(wall, open_again),
    ]
