"""Pains, gains, needs and opportunities, and where maps place them."""

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import orgs.models.tenancy
from orgs.models.folding import folded_column
from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0014_evidence"),
        ("orgs", "0011_data_version_of_the_frame"),
    ]

    operations = [
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("pain", "Pain"), ("gain", "Gain"), ("need", "Need"), ("opportunity", "Opportunity")],
                        max_length=11,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("description", models.TextField(blank=True)),
                (
                    "evidence",
                    models.CharField(
                        blank=True,
                        choices=[("assumption", "Assumption"), ("reasoned", "Reasoned"), ("validated", "Validated")],
                        max_length=10,
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=500)),
                ("importance", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("satisfaction", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("field_versions", models.JSONField(blank=True, default=dict)),
                ("search_text", folded_column("name", "description", "source")),
                (
                    "owner",
                    orgs.models.tenancy.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owned_findings",
                        to="orgs.member",
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
                "ordering": ["name", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="FindingPlacement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "finding",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="placements", to="journeys.finding"
                    ),
                ),
                (
                    "step",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="finding_placements",
                        to="journeys.step",
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
                "ordering": ["position", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(
                models.F("workspace"),
                models.F("kind"),
                django.db.models.functions.text.Lower("name"),
                condition=models.Q(("archived_at", None)),
                name="journeys_finding_name_key",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("importance", None), models.Q(("importance__gte", 1), ("importance__lte", 10)), _connector="OR"
                ),
                name="journeys_finding_importance",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("satisfaction", None),
                    models.Q(("satisfaction__gte", 1), ("satisfaction__lte", 10)),
                    _connector="OR",
                ),
                name="journeys_finding_satisfaction",
            ),
        ),
        migrations.AddConstraint(
            model_name="findingplacement",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("step"), models.F("finding"), name="journeys_finding_placement_key"
            ),
        ),
        TenantTable("Finding"),
        TenantTable("FindingPlacement"),
    ]
