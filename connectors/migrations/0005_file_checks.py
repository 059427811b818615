"""A file keeps its column names, so that the next one like it is recognised; a run keeps what its control totals say."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("connectors", "0004_secrets")]

    operations = [
        migrations.AddField("uploadedfile", "header", models.JSONField(null=True)),
        migrations.AddField("syncrun", "checks", models.JSONField(default=dict)),
    ]
