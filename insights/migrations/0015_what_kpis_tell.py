"""What a KPI tells of its channel, and what the KPIs of a source tell whose measure says nothing.

Until now a KPI of costs, preference or participation was told by an English word in its own name. What that rule found
is kept here, once; from now on the property alone says it. Satisfaction and effort follow from their measures.
"""

from django.db import migrations, models

MEASURED = """
update insights_kpi set tells = case measure when 'ces' then 'effort' else 'satisfaction' end
 where measure in ('csat_mean', 'csat_top2', 'ces')
"""
# As the rule read names: \y is the edge of a word, whatever its case.
NAMED = r"""
update insights_kpi set tells = case
    when measure in ('mean', 'total') and name ~* '\ycosts?\y' then 'cost'
    when measure = 'ratio' and name ~* '\yprefer(s|red|ence|ences)?\y' then 'preference'
    when measure = 'ratio' and name ~* '\yparticipat(ion|e|es|ing)\y' then 'participation'
    else '' end
 where measure in ('mean', 'total', 'ratio')
"""
CHOICES = [
    ("", "Nothing that channels are compared by"),
    ("satisfaction", "Satisfaction"),
    ("effort", "Effort"),
    ("use", "Use"),
    ("cost", "Cost"),
    ("preference", "Preference"),
    ("participation", "Participation"),
    ("signal", "Pre-contact signal (reviews, search, social)"),
]


class Migration(migrations.Migration):
    dependencies = [("insights", "0014_belief")]

    operations = [
        migrations.AddField("kpi", "tells", models.CharField(blank=True, choices=CHOICES, max_length=13)),
        migrations.AddField("source", "tells", models.CharField(blank=True, choices=CHOICES, max_length=13)),
        migrations.RunSQL(MEASURED, migrations.RunSQL.noop),
        migrations.RunSQL(NAMED, migrations.RunSQL.noop),
    ]
