"""Whether a KPI sets health, where people say otherwise than its measure. The table's trigger counts it (ADR 27)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("insights", "0012_data_version_of_the_frame")]

    operations = [
        migrations.AddField(model_name="kpi", name="is_outcome", field=models.BooleanField(blank=True, null=True)),
    ]
