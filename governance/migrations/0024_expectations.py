"""What is expected of touchpoints, and what each check of it found."""

import django.db.models.deletion
from django.db import migrations, models

import orgs.models.tenancy


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0023_walls_of_early_causes"),
        ("insights", "0014_belief"),
        ("journeys", "0032_involvements"),
        ("orgs", "0018_data_version_of_chats"),
    ]

    operations = [
        migrations.CreateModel(
            name="Expectation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sentence", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[("number", "A number"), ("page", "A page"), ("posted", "A test tool")], max_length=6
                    ),
                ),
                (
                    "comparison",
                    models.CharField(
                        blank=True, choices=[("at_least", "at least"), ("at_most", "at most")], max_length=8
                    ),
                ),
                ("value", models.FloatField(blank=True, null=True)),
                ("url", models.CharField(blank=True, max_length=1000)),
                ("status", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("limit_ms", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "every_minutes",
                    models.PositiveIntegerField(
                        choices=[(15, "every 15 minutes"), (60, "every hour"), (1440, "every day")], default=60
                    ),
                ),
                ("lasts_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("terms", models.PositiveIntegerField(default=1)),
                ("at", models.DateTimeField()),
                ("next_at", models.DateTimeField(blank=True, null=True)),
                ("claimed_until", models.DateTimeField(blank=True, null=True)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("failing_since", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.member"
                    ),
                ),
                (
                    "ended_by",
                    orgs.models.tenancy.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.member",
                    ),
                ),
                (
                    "kpi",
                    orgs.models.tenancy.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expectations",
                        to="insights.kpi",
                    ),
                ),
                (
                    "touchpoint",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expectations",
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
                "ordering": ["touchpoint__name", "sentence", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ExpectationCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("terms", models.PositiveIntegerField()),
                ("occasion", models.CharField(max_length=120)),
                (
                    "outcome",
                    models.CharField(
                        choices=[("pass", "Passed"), ("fail", "Failed"), ("unknown", "Not known")], max_length=7
                    ),
                ),
                ("at", models.DateTimeField()),
                ("value", models.FloatField(blank=True, null=True)),
                ("words", models.CharField(blank=True, max_length=300)),
                ("link", models.CharField(blank=True, max_length=1000)),
                (
                    "by",
                    orgs.models.tenancy.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.member",
                    ),
                ),
                (
                    "expectation",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="checks", to="governance.expectation"
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
        migrations.AddIndex(
            model_name="expectation",
            index=models.Index(fields=["workspace", "next_at"], name="governance_expectation_due"),
        ),
        migrations.AddConstraint(
            model_name="expectation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "number"),
                        ("kpi__isnull", False),
                        ("lasts_days", None),
                        ("url", ""),
                        ("value__isnull", False),
                        models.Q(("comparison", ""), _negated=True),
                    ),
                    models.Q(
                        ("comparison", ""),
                        ("kind", "page"),
                        ("kpi", None),
                        ("limit_ms__isnull", False),
                        ("status__isnull", False),
                        models.Q(("url", ""), _negated=True),
                    ),
                    models.Q(
                        ("comparison", ""),
                        ("kind", "posted"),
                        ("kpi", None),
                        ("lasts_days__isnull", False),
                        ("next_at", None),
                        ("url", ""),
                    ),
                    _connector="OR",
                ),
                name="governance_expectation_kind",
            ),
        ),
        migrations.AddIndex(
            model_name="expectationcheck",
            index=models.Index(fields=["expectation", "-at", "-id"], name="governance_check_newest"),
        ),
        migrations.AddConstraint(
            model_name="expectationcheck",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("expectation"), models.F("occasion"), name="governance_check_occasion"
            ),
        ),
    ]
