"""Search: people's names as search compares them, and whether a person wants single-key shortcuts."""

from django.db import migrations, models

from orgs.models.folding import folded_column


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0006_people"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="has_shortcuts",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="user",
            name="search_text",
            field=folded_column("name"),
        ),
    ]
