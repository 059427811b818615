"""Which department is responsible for a touchpoint, consulted or informed."""

import django.db.models.deletion
from django.db import migrations, models

import orgs.models.tenancy
from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0031_data_version_of_map_versions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Involvement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("R", "Responsible"), ("C", "Consulted"), ("I", "Informed")], max_length=1
                    ),
                ),
                (
                    "department",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="involvements", to="orgs.department"
                    ),
                ),
                (
                    "touchpoint",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="involvements",
                        to="journeys.touchpoint",
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
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint("workspace", "touchpoint", "department", name="journeys_involvement_key"),
                    models.CheckConstraint(
                        condition=models.Q(role__in=["R", "C", "I"]), name="journeys_involvement_role"
                    ),
                ],
            },
        ),
        TenantTable("Involvement"),
    ]
