"""A lane of emotions can be of one persona."""

import django.db.models.deletion
from django.db import migrations

import orgs.models.tenancy
from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [("journeys", "0018_map_imports")]

    operations = [
        migrations.AddField(
            model_name="maplane",
            name="persona",
            field=orgs.models.tenancy.TenantForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="map_lanes",
                to="journeys.persona",
            ),
        ),
        TenantTable("MapLane"),
    ]
