"""Gives feeds a timetable, connections their limits, and runs what a crash, a bug or a backfill leaves on them."""

import django.db.models.deletion
from django.db import migrations, models

import orgs.models.tenancy
from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("connectors", "0002_walls"),
        ("insights", "0002_walls"),
        ("orgs", "0002_walls"),
    ]

    operations = [
        migrations.AddField(
            model_name="connection",
            name="at_once",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="connection",
            name="breaker_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="connection",
            name="created_by",
            field=orgs.models.tenancy.TenantForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.member"
            ),
        ),
        migrations.AddField(
            model_name="connection",
            name="next_turn_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="connection",
            name="per_minute",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="connection",
            name="tries",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="feed",
            name="cursor",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="feed",
            name="hours",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="feed",
            name="interval_minutes",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="feed",
            name="next_due_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="feed",
            name="owner_told_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="feed",
            name="paused_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="feed",
            name="paused_reason",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="feed",
            name="tries",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="syncrun",
            name="filled_through",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="syncrun",
            name="first_day",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="syncrun",
            name="last_day",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="syncrun",
            name="stumbles",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="filepart",
            name="file",
            field=orgs.models.tenancy.TenantForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parts",
                to="connectors.uploadedfile",
            ),
        ),
        migrations.AlterField(
            model_name="syncrun",
            name="state",
            field=models.CharField(
                choices=[
                    ("queued", "Waiting"),
                    ("running", "Running"),
                    ("done", "Done"),
                    ("unchanged", "Nothing new"),
                    ("cancelled", "Cancelled"),
                    ("failed", "Failed"),
                    ("quarantined", "Set aside"),
                ],
                default="queued",
                max_length=11,
            ),
        ),
        migrations.AddIndex(
            model_name="feed",
            index=models.Index(
                models.F("workspace"),
                models.F("next_due_at"),
                condition=models.Q(("paused_at__isnull", True)),
                name="connectors_feed_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="syncrun",
            constraint=models.UniqueConstraint(
                models.F("workspace"),
                models.F("feed"),
                condition=models.Q(("file__isnull", True), ("state__in", ["queued", "running"])),
                name="connectors_run_fetching",
            ),
        ),
        TenantTable("Connection"),
    ]
