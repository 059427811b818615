"""What a release said before somebody corrected it, so that CI that sends it again is understood."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0031_old_checks"),
    ]

    operations = [
        migrations.AddField(
            model_name="release",
            name="noted",
            field=models.JSONField(blank=True, null=True),
        ),
    ]
