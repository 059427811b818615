"""Files that maps are made of, until somebody accepts them."""

import django.db.models.deletion
from django.db import migrations, models

import orgs.models.tenancy
from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0017_planned_paths"),
        ("orgs", "0011_data_version_of_the_frame"),
    ]

    operations = [
        migrations.CreateModel(
            name="MapImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("name", models.CharField(max_length=255)),
                ("document", models.JSONField(default=dict)),
                ("left_out", models.JSONField(default=list)),
                ("foreign", models.JSONField(blank=True, null=True)),
                ("meaning", models.JSONField(default=dict)),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.member"
                    ),
                ),
                (
                    "map",
                    orgs.models.tenancy.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
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
            options={"abstract": False, "base_manager_name": "objects"},
        ),
        TenantTable("MapImport"),
    ]
