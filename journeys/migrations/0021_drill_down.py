"""A step can lead to a child map, which shows it in detail."""

import django.db.models.deletion
from django.db import migrations

import orgs.models.tenancy
from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0020_pictures"),
        ("orgs", "0011_data_version_of_the_frame"),
    ]

    operations = [
        migrations.AddField(
            model_name="step",
            name="child",
            field=orgs.models.tenancy.TenantForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="leading_steps",
                to="journeys.map",
            ),
        ),
        TenantTable("Step"),
    ]
