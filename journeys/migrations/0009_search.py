"""Search: the words of journeys and maps as search compares them."""

from django.db import migrations

from orgs.models.folding import folded_column


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0008_whom_maps_are_about"),
    ]

    operations = [
        migrations.AddField(
            model_name="journey",
            name="search_text",
            field=folded_column("name"),
        ),
        migrations.AddField(
            model_name="map",
            name="search_text",
            field=folded_column("title", "scenario"),
        ),
    ]
