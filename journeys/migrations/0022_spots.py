"""Cells of maps that people talk about."""

import django.db.models.deletion
from django.db import migrations, models

import orgs.models.tenancy
from orgs.versions import Counted
from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0026_unused_pictures"),
        ("orgs", "0011_data_version_of_the_frame"),
    ]

    operations = [
        migrations.CreateModel(
            name="MapSpot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lane", models.CharField(max_length=40)),
                ("step", models.UUIDField()),
                ("lane_name", models.CharField(max_length=200)),
                ("step_name", models.CharField(max_length=200)),
                (
                    "map",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="spots", to="journeys.map"
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="orgs.workspace",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint("workspace", "map", "lane", "step", name="journeys_spot_key")],
            },
        ),
        TenantTable("MapSpot"),
        Counted("MapSpot"),
    ]
