"""Belief: pulses, their questions, who answered, the guesses, and what is told of groups (ADR 65).

Home shows the pulse that waits for a member, so both tables count the data version up (ADR 27).
"""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import orgs.models.tenancy
from orgs.versions import Counted
from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("insights", "0013_outcomes"),
        ("orgs", "0018_data_version_of_chats"),
    ]

    operations = [
        migrations.CreateModel(
            name="Pulse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField()),
                ("opens_on", models.DateField()),
                ("closes_on", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("executives_on", models.DateField(blank=True, null=True)),
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
                "ordering": ["-month"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="PulseAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("positions", models.JSONField(default=list)),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="orgs.member"
                    ),
                ),
                (
                    "pulse",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="insights.pulse"
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
            },
        ),
        migrations.CreateModel(
            name="PulsePick",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "kpi",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="insights.kpi"
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
        migrations.CreateModel(
            name="PulsePlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_on", models.BooleanField(default=False)),
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
            name="PulseQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("definition_key", models.CharField(max_length=300)),
                ("low", models.FloatField()),
                ("high", models.FloatField()),
                ("score", models.FloatField(null=True)),
                (
                    "score_grain",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("day", "Day"),
                            ("week", "Week"),
                            ("month", "Month"),
                            ("quarter", "Quarter"),
                            ("year", "Year"),
                        ],
                        max_length=7,
                    ),
                ),
                ("score_starts_on", models.DateField(null=True)),
                (
                    "kpi",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pulse_questions", to="insights.kpi"
                    ),
                ),
                (
                    "pulse",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="insights.pulse"
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
        migrations.CreateModel(
            name="Guess",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("value", models.FloatField()),
                ("had_seen", models.BooleanField()),
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
                    "workspace",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="orgs.workspace",
                    ),
                ),
                (
                    "question",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="guesses", to="insights.pulsequestion"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ToldBelief",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("covers", models.JSONField()),
                ("belief", models.FloatField()),
                ("guesses", models.PositiveIntegerField()),
                ("had_seen", models.PositiveIntegerField()),
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
                    "question",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="told", to="insights.pulsequestion"
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
            },
        ),
        migrations.AddConstraint(
            model_name="pulse",
            constraint=models.UniqueConstraint(models.F("workspace"), models.F("month"), name="insights_pulse_key"),
        ),
        migrations.AddConstraint(
            model_name="pulse",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_on", None), ("executives_on", None)),
                    models.Q(("closed_on__gt", models.F("closes_on")), ("executives_on__gt", models.F("closed_on"))),
                    _connector="OR",
                ),
                name="insights_pulse_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="pulseanswer",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("pulse"), models.F("member"), name="insights_pulseanswer_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="pulsepick",
            constraint=models.UniqueConstraint(models.F("workspace"), models.F("kpi"), name="insights_pulsepick_key"),
        ),
        migrations.AddConstraint(
            model_name="pulseplan",
            constraint=models.UniqueConstraint(models.F("workspace"), name="insights_pulseplan_key"),
        ),
        migrations.AddConstraint(
            model_name="pulsequestion",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("pulse"), models.F("kpi"), name="insights_pulsequestion_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="pulsequestion",
            constraint=models.CheckConstraint(
                condition=models.Q(("low__lt", models.F("high"))), name="insights_pulsequestion_scale"
            ),
        ),
        migrations.AddConstraint(
            model_name="toldbelief",
            constraint=models.CheckConstraint(condition=models.Q(("guesses__gte", 5)), name="insights_told_group"),
        ),
        TenantTable("PulsePlan"),
        TenantTable("PulsePick"),
        TenantTable("Pulse"),
        TenantTable("PulseQuestion"),
        TenantTable("PulseAnswer"),
        TenantTable("Guess"),
        TenantTable("ToldBelief"),
        Counted("Pulse"),
        Counted("PulseAnswer"),
    ]
