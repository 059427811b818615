"""Status updates and requests for them, behind the workspace walls."""

import django.db.models.deletion
from django.db import migrations, models

import orgs.models.tenancy
from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("insights", "0005_source_hours"),
        ("journeys", "0007_suggestions"),
        ("orgs", "0006_people"),
    ]

    operations = [
        migrations.CreateModel(
            name="StatusUpdate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sentence", models.CharField(max_length=280)),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("demand", "More demand than we can serve"),
                            ("people", "Too few people"),
                            ("process", "How we work"),
                            ("system", "A system or a fault"),
                            ("partner", "A partner or supplier"),
                            ("change", "Something we changed"),
                            ("outside", "Something outside the company"),
                            ("number", "The number itself"),
                            ("unknown", "Not known yet"),
                            ("nothing", "Nothing is wrong"),
                        ],
                        max_length=7,
                    ),
                ),
                ("cause_words", models.CharField(blank=True, max_length=500)),
                ("recovery_on", models.DateField(blank=True, null=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.member"
                    ),
                ),
                (
                    "kpi",
                    orgs.models.tenancy.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="insights.kpi",
                    ),
                ),
                (
                    "map",
                    orgs.models.tenancy.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="journeys.map",
                    ),
                ),
                (
                    "touchpoint",
                    orgs.models.tenancy.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
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
            },
        ),
        migrations.CreateModel(
            name="UpdateRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("due_on", models.DateField()),
                ("note", models.CharField(blank=True, max_length=500)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("answered", "Answered"), ("declined", "Declined"), ("withdrawn", "Withdrawn")],
                        max_length=9,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answer",
                    orgs.models.tenancy.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answered",
                        to="insights.statusupdate",
                    ),
                ),
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
                    "kpi",
                    orgs.models.tenancy.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="insights.kpi",
                    ),
                ),
                (
                    "map",
                    orgs.models.tenancy.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="journeys.map",
                    ),
                ),
                (
                    "touchpoint",
                    orgs.models.tenancy.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
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
                "ordering": ["due_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddIndex(
            model_name="statusupdate",
            index=models.Index(
                models.F("workspace"),
                models.F("kpi"),
                models.OrderBy(models.F("at"), descending=True),
                name="insights_update_kpi",
            ),
        ),
        migrations.AddIndex(
            model_name="statusupdate",
            index=models.Index(
                models.F("workspace"),
                models.F("touchpoint"),
                models.OrderBy(models.F("at"), descending=True),
                name="insights_update_touch",
            ),
        ),
        migrations.AddIndex(
            model_name="statusupdate",
            index=models.Index(
                models.F("workspace"),
                models.F("map"),
                models.OrderBy(models.F("at"), descending=True),
                name="insights_update_map",
            ),
        ),
        migrations.AddConstraint(
            model_name="statusupdate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kpi__isnull", False), ("map__isnull", True), ("touchpoint__isnull", True)),
                    models.Q(("kpi__isnull", True), ("map__isnull", True), ("touchpoint__isnull", False)),
                    models.Q(("kpi__isnull", True), ("map__isnull", False), ("touchpoint__isnull", True)),
                    _connector="OR",
                ),
                name="insights_update_about_one",
            ),
        ),
        migrations.AddIndex(
            model_name="updaterequest",
            index=models.Index(
                models.F("workspace"),
                models.F("due_on"),
                condition=models.Q(("outcome", "")),
                name="insights_request_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="updaterequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kpi__isnull", False), ("map__isnull", True), ("touchpoint__isnull", True)),
                    models.Q(("kpi__isnull", True), ("map__isnull", True), ("touchpoint__isnull", False)),
                    models.Q(("kpi__isnull", True), ("map__isnull", False), ("touchpoint__isnull", True)),
                    _connector="OR",
                ),
                name="insights_request_about_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="updaterequest",
            constraint=models.UniqueConstraint(
                models.F("workspace"),
                models.F("by"),
                models.F("kpi"),
                models.F("touchpoint"),
                models.F("map"),
                condition=models.Q(("outcome", "")),
                name="insights_request_open",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="updaterequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", None), ("closed_at", None), ("outcome", "")),
                    models.Q(models.Q(("outcome", ""), _negated=True), ("closed_at__isnull", False)),
                    _connector="OR",
                ),
                name="insights_request_closed",
            ),
        ),
        TenantTable("StatusUpdate"),
        TenantTable("UpdateRequest"),
    ]
