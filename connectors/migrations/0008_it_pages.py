"""A run keeps its log; a secret its last day, and for which occasion its owner was warned."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("connectors", "0007_supplies")]

    operations = [
        migrations.AddField("syncrun", "log", models.JSONField(default=list)),
        migrations.AddField("connectionsecret", "expires_on", models.DateField(null=True)),
        migrations.AddField("connectionsecret", "warned_days", models.PositiveSmallIntegerField(null=True)),
    ]
