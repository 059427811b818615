"""What was typed in cells whose lane or step was deleted meanwhile."""

import django.db.models.deletion
from django.db import migrations, models

import orgs.models.tenancy
from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0022_spots"),
        ("orgs", "0011_data_version_of_the_frame"),
    ]

    operations = [
        migrations.CreateModel(
            name="RecoveredText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(max_length=40)),
                ("lane", models.UUIDField()),
                ("step", models.UUIDField()),
                ("lane_name", models.CharField(max_length=200)),
                ("step_name", models.CharField(max_length=200)),
                ("text", models.TextField()),
                (
                    "by",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.member"
                    ),
                ),
                (
                    "map",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recovered_texts",
                        to="journeys.map",
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
            options={"ordering": ["-at", "-id"], "abstract": False, "base_manager_name": "objects"},
        ),
        TenantTable("RecoveredText"),
    ]
