"""Who reviews maps, what was decided about the next review of each, and what people were reminded of."""

import django.db.models.deletion
from django.db import migrations, models

import orgs.models.tenancy


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0004_walls_of_reviews"),
        ("journeys", "0027_what_moved_since"),
        ("orgs", "0012_data_version_of_saved_views"),
    ]

    operations = [
        migrations.AddField(
            model_name="reviewplan",
            name="delegate",
            field=orgs.models.tenancy.TenantForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.member"
            ),
        ),
        migrations.AddField(
            model_name="reviewplan",
            name="delegated_by",
            field=orgs.models.tenancy.TenantForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.member"
            ),
        ),
        migrations.AddField(
            model_name="reviewplan",
            name="delegated_note",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="reviewplan",
            name="first_due_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="reviewplan",
            name="planned_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="reviewplan",
            name="sequence",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="reviewplan",
            name="skipped_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="reviewplan",
            name="turn",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_on", models.DateField()),
                ("days", models.SmallIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "map",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="journeys.map"
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
                    models.UniqueConstraint(
                        models.F("workspace"),
                        models.F("map"),
                        models.F("due_on"),
                        models.F("days"),
                        name="governance_reminder_key",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reviewer",
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
                    "map",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reviewers", to="journeys.map"
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
                    models.UniqueConstraint(
                        models.F("workspace"),
                        models.F("map"),
                        models.F("member"),
                        models.F("department"),
                        name="governance_reviewer_key",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("department__isnull", False), ("member", None)),
                            models.Q(("department", None), ("member__isnull", False)),
                            _connector="OR",
                        ),
                        name="governance_reviewer_one",
                    ),
                ],
            },
        ),
    ]
