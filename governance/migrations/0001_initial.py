"""When maps are reviewed."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import orgs.models.tenancy


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("journeys", "0021_drill_down"),
        ("orgs", "0012_data_version_of_saved_views"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReviewPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cadence_days",
                    models.PositiveIntegerField(
                        default=90,
                        validators=[
                            django.core.validators.MinValueValidator(7),
                            django.core.validators.MaxValueValidator(730),
                        ],
                    ),
                ),
                ("next_on", models.DateField()),
                (
                    "map",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="review_plans", to="journeys.map"
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
                    models.UniqueConstraint(models.F("workspace"), models.F("map"), name="governance_plan_map_key"),
                    models.CheckConstraint(
                        condition=models.Q(("cadence_days__range", (7, 730))), name="governance_plan_cadence"
                    ),
                ],
            },
        ),
    ]
