"""Who owns and sponsors a map, what it is about, and maps and journeys that are no longer in use."""

import django.db.models.deletion
from django.db import migrations, models

import orgs.models.tenancy
from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0002_walls"),
        ("orgs", "0002_walls"),
    ]

    operations = [
        migrations.AddField(
            model_name="journey",
            name="archived_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="map",
            name="archived_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="map",
            name="owner",
            field=orgs.models.tenancy.TenantForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="owned_maps",
                to="orgs.member",
            ),
        ),
        migrations.AddField(
            model_name="map",
            name="scenario",
            field=models.TextField(blank=True, max_length=2000),
        ),
        migrations.AddField(
            model_name="map",
            name="sponsor",
            field=orgs.models.tenancy.TenantForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sponsored_maps",
                to="orgs.member",
            ),
        ),
        migrations.AddField(
            model_name="map",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        TenantTable("Map"),  # for the keys of owner and sponsor
    ]
