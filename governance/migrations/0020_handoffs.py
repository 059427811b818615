"""What departments agree on for the places where customers pass from one to another."""

import django.db.models.deletion
from django.db import migrations, models

import orgs.models.tenancy


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0009_confirmed_findings"),
        ("insights", "0013_outcomes"),
        ("journeys", "0031_data_version_of_map_versions"),
        ("orgs", "0018_data_version_of_chats"),
    ]

    operations = [
        migrations.CreateModel(
            name="HandOff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("trigger", models.CharField(max_length=300)),
                ("information", models.TextField(max_length=2000)),
                ("limit_minutes", models.PositiveIntegerField()),
                ("terms", models.PositiveIntegerField(default=1)),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("end_reason", models.CharField(blank=True, max_length=500)),
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
                    "giver",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handoffs_out",
                        to="journeys.touchpoint",
                    ),
                ),
                (
                    "loss_kpi",
                    orgs.models.tenancy.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="insights.kpi",
                    ),
                ),
                (
                    "repeat_kpi",
                    orgs.models.tenancy.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="insights.kpi",
                    ),
                ),
                (
                    "taker",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handoffs_in",
                        to="journeys.touchpoint",
                    ),
                ),
                (
                    "wait_kpi",
                    orgs.models.tenancy.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="insights.kpi",
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
                "ordering": ["giver__name", "taker__name", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="HandOffWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("side", models.CharField(choices=[("giver", "Hands over"), ("taker", "Takes over")], max_length=5)),
                ("terms", models.PositiveIntegerField()),
                ("is_agreed", models.BooleanField()),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.member"
                    ),
                ),
                (
                    "department",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.department"
                    ),
                ),
                (
                    "handoff",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="words", to="governance.handoff"
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
        migrations.AddConstraint(
            model_name="handoff",
            constraint=models.UniqueConstraint(
                models.F("workspace"),
                models.F("giver"),
                models.F("taker"),
                condition=models.Q(("ended_at", None)),
                name="governance_handoff_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoff",
            constraint=models.CheckConstraint(
                condition=models.Q(("giver", models.F("taker")), _negated=True), name="governance_handoff_passes_on"
            ),
        ),
        migrations.AddConstraint(
            model_name="handoff",
            constraint=models.CheckConstraint(
                condition=models.Q(("limit_minutes__gte", 1), ("limit_minutes__lte", 527040)),
                name="governance_handoff_limit",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoffword",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_agreed", True), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="governance_handoffword_says_why",
            ),
        ),
    ]
