"""Since when nothing shows a picture."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journeys", "0025_merged_findings")]

    operations = [
        migrations.AddField(
            model_name="picture",
            name="unused_since",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
