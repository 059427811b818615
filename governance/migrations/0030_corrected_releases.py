"""How often a release was corrected, so that nobody overwrites what they did not read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0029_walls_of_signed_addresses"),
    ]

    operations = [
        migrations.AddField(
            model_name="release",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
    ]
