"""A map knows since which structure version its stages stand as they do, a stage the same of its steps."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journeys", "0024_recovered_texts")]

    operations = [
        migrations.AddField("map", "order_version", models.PositiveIntegerField(default=0)),
        migrations.AddField("stage", "steps_version", models.PositiveIntegerField(default=0)),
    ]
