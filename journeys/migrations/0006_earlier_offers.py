"""Carries over what was offered before offers were records.

Apart from the tables themselves: PostgreSQL makes no index on rows that the same transaction has written.
"""

from django.db import migrations

SINCE = (
    "update journeys_touchpoint set unowned_since = case accountability when 'accepted' then null else created_at end"
)
# What was offered or declined before becomes an offer too, made by whoever the history names.
OFFERS = """
insert into journeys_offer
    (workspace_id, touchpoint_id, department_id, message, by_id, offered_at, state, decided_at, reason)
select t.workspace_id, t.id, t.accountable_department_id, '',
    (select a.actor_id from orgs_auditentry a
      where a.workspace_id = t.workspace_id and a.action = 'touchpoint.offer'
        and a.subject_type = 'touchpoint' and a.subject_id = t.id order by a.id desc limit 1),
    coalesce(t.offered_at, t.created_at),
    case t.accountability when 'offered' then 'open' else t.accountability end, t.decided_at, t.decline_reason
from journeys_touchpoint t where t.accountability in ('offered', 'declined')
"""


class Migration(migrations.Migration):
    dependencies = [("journeys", "0005_accountability")]
    operations = [
        migrations.RunSQL(SINCE, migrations.RunSQL.noop),
        migrations.RunSQL(OFFERS, migrations.RunSQL.noop),
    ]
