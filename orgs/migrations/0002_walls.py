"""Puts the tables of orgs behind the workspace walls, and says what may be asked before a workspace is in scope."""

from django.db import migrations

from orgs.walls import HERE, ME, TenantTable, application_role

MINE = f"id in (select workspace_id from orgs_member where user_id = {ME} and left_at is null)"

# Two questions that come before any scope. They run as the owner of the tables and tell nothing but their answer.
QUESTIONS = """
create function orgs_slug_is_taken(wanted text) returns boolean
    language sql stable security definer set search_path = pg_catalog, public
    as $$ select exists (select 1 from public.orgs_workspace where slug = wanted) $$;
create function orgs_workspace_ids() returns setof bigint
    language sql stable security definer set search_path = pg_catalog, public
    as $$ select id from public.orgs_workspace order by id $$;
revoke all on function orgs_slug_is_taken(text), orgs_workspace_ids() from public;
"""


def wall(apps, schema_editor):
    run = schema_editor.execute
    run("alter table orgs_workspace enable row level security")
    run(f"create policy tenant on orgs_workspace using (id = {HERE}) with check (id = {HERE})")
    run(f"create policy tenant_visible on orgs_workspace for select using ({MINE})")
    run(f'grant select, insert, update, delete on orgs_workspace to "{application_role()}"')
    run(f'grant usage on sequence orgs_workspace_id_seq to "{application_role()}"')
    run(QUESTIONS, params=None)
    run(f'grant execute on function orgs_slug_is_taken(text), orgs_workspace_ids() to "{application_role()}"')


class Migration(migrations.Migration):
    dependencies = [("orgs", "0001_initial")]
    operations = [
        TenantTable("Department"),
        TenantTable("Member", also_visible=f"user_id = {ME}"),
        TenantTable("MemberRole"),
        TenantTable("AuditEntry", append_only=True),
        migrations.RunPython(wall),
    ]
