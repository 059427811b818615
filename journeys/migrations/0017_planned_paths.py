"""How customers are meant to go from step to step, and which stages happen at the same time."""

import django.db.models.deletion
from django.db import migrations, models

import orgs.models.tenancy
from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0016_map_templates"),
        ("orgs", "0011_data_version_of_the_frame"),
    ]

    operations = [
        migrations.AddField(
            model_name="stage",
            name="is_overlapping",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="PlannedPath",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(choices=[("next", "Then"), ("branch", "Or"), ("loop", "Back to")], max_length=6),
                ),
                ("label", models.CharField(blank=True, max_length=200)),
                (
                    "source",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="paths_out", to="journeys.step"
                    ),
                ),
                (
                    "target",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="paths_in", to="journeys.step"
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
        migrations.AddConstraint(
            model_name="plannedpath",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("source"), models.F("target"), name="journeys_path_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="plannedpath",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", models.F("target")), _negated=True), name="journeys_path_goes_on"
            ),
        ),
        TenantTable("PlannedPath"),
    ]
