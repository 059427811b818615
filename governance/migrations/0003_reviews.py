"""Reviews with their records and steps, and confirmations of records."""

import django.db.models.deletion
from django.db import migrations, models

import orgs.models.tenancy


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0002_walls"),
        ("journeys", "0026_unused_pictures"),
        ("orgs", "0012_data_version_of_saved_views"),
    ]

    operations = [
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_on", models.DateField()),
                ("at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=500)),
                (
                    "by",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.member"
                    ),
                ),
                (
                    "closed_by",
                    orgs.models.tenancy.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.member",
                    ),
                ),
                (
                    "map",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="journeys.map"
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
                "ordering": ["-at", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ReviewRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "department",
                    orgs.models.tenancy.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.department",
                    ),
                ),
                (
                    "member",
                    orgs.models.tenancy.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.member",
                    ),
                ),
                (
                    "review",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="records", to="governance.review"
                    ),
                ),
                (
                    "touchpoint",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="journeys.touchpoint"
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
            },
        ),
        migrations.CreateModel(
            name="ReviewStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("update", "Update"),
                            ("validate", "Validate"),
                            ("analyse", "Analyse"),
                            ("revise", "Revise"),
                            ("share", "Share"),
                        ],
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.member"
                    ),
                ),
                (
                    "review",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="governance.review"
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
            },
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.member"
                    ),
                ),
                (
                    "touchpoint",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations",
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
                "ordering": ["-at", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        models.F("workspace"),
                        models.F("touchpoint"),
                        models.OrderBy(models.F("at"), descending=True),
                        name="governance_confirmation_latest",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(
                models.F("workspace"),
                models.F("map"),
                condition=models.Q(("closed_at", None)),
                name="governance_review_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("closed_by", None)),
                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                    _connector="OR",
                ),
                name="governance_review_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewrecord",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("review"), models.F("touchpoint"), name="governance_record_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewstep",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("review"), models.F("step"), name="governance_step_key"
            ),
        ),
    ]
