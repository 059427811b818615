"""A finding that stood twice lives on in another; who is told of its comments counts as what pages show."""

import django.db.models.deletion
from django.db import migrations

import orgs.models.tenancy
from orgs.versions import Counted
from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0021_drill_down"),
        ("orgs", "0011_data_version_of_the_frame"),
    ]

    operations = [
        migrations.AddField(
            model_name="finding",
            name="merged_into",
            field=orgs.models.tenancy.TenantForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="journeys.finding",
            ),
        ),
        TenantTable("Finding"),
        Counted("Finding"),
    ]
