"""Which kinds of message wait unread for a person who comes to the door: asked with the memberships."""

from django.db import migrations

from orgs.walls import ME, application_role

# Runs as the owner of the tables, since no workspace is in scope yet; tells of the person's own messages alone,
# and of those nothing but their kinds.
QUESTION = f"""
create function orgs_waiting_kinds(asked bigint) returns text[]
    language sql stable security definer set search_path = pg_catalog, public
    as $$ select coalesce(array_agg(distinct message.kind::text), '{{}}')
          from public.orgs_notification message
          join public.orgs_member member
            on member.id = message.member_id and member.workspace_id = message.workspace_id
          where member.id = asked and member.user_id = {ME} and member.left_at is null
            and message.seen_at is null and message.done_at is null $$;
revoke all on function orgs_waiting_kinds(bigint) from public;
"""


def ask(apps, schema_editor):
    schema_editor.execute(QUESTION, params=None)
    schema_editor.execute(f'grant execute on function orgs_waiting_kinds(bigint) to "{application_role()}"')


def forget(apps, schema_editor):
    schema_editor.execute("drop function orgs_waiting_kinds(bigint)")


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0019_contacts"),
    ]

    operations = [migrations.RunPython(ask, forget)]
