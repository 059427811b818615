"""Findings are looked at in reviews and confirmed, as touchpoints are."""

import django.db.models.deletion
from django.db import migrations, models

import orgs.models.tenancy
from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0013_walls_of_calendar_feeds"),
        ("journeys", "0027_what_moved_since"),
        ("orgs", "0014_mail_choices"),
    ]

    operations = [
        migrations.AddField(
            model_name="confirmation",
            name="finding",
            field=orgs.models.tenancy.TenantForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="confirmations",
                to="journeys.finding",
            ),
        ),
        migrations.AddField(
            model_name="reviewrecord",
            name="finding",
            field=orgs.models.tenancy.TenantForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="journeys.finding",
            ),
        ),
        migrations.AlterField(
            model_name="confirmation",
            name="touchpoint",
            field=orgs.models.tenancy.TenantForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="confirmations",
                to="journeys.touchpoint",
            ),
        ),
        migrations.AlterField(
            model_name="reviewrecord",
            name="touchpoint",
            field=orgs.models.tenancy.TenantForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="journeys.touchpoint",
            ),
        ),
        migrations.AddIndex(
            model_name="confirmation",
            index=models.Index(
                models.F("workspace"),
                models.F("finding"),
                models.OrderBy(models.F("at"), descending=True),
                name="governance_confirmation_of",
            ),
        ),
        migrations.AddConstraint(
            model_name="confirmation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finding", None), ("touchpoint__isnull", False)),
                    models.Q(("finding__isnull", False), ("touchpoint", None)),
                    _connector="OR",
                ),
                name="governance_confirmation_about_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewrecord",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("review"), models.F("finding"), name="governance_record_finding_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finding", None), ("touchpoint__isnull", False)),
                    models.Q(("finding__isnull", False), ("touchpoint", None)),
                    _connector="OR",
                ),
                name="governance_record_about_one",
            ),
        ),
        TenantTable("Confirmation", append_only=True),
        TenantTable("ReviewRecord"),
    ]
