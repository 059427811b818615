"""The lanes that maps keep of their own, and what people write in their cells."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import orgs.models.tenancy
from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0009_search"),
        ("orgs", "0009_example_workspaces"),
    ]
    operations = [
        migrations.CreateModel(
            name="MapLane",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("kind", models.CharField(max_length=40)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("position", models.PositiveIntegerField()),
                ("is_hidden", models.BooleanField(default=False)),
                ("is_pinned", models.BooleanField(default=False)),
                (
                    "map",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lanes", to="journeys.map"
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
            name="MapCell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(blank=True, max_length=2000)),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "step",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="cells", to="journeys.step"
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
                    "lane",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="cells", to="journeys.maplane"
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
            model_name="maplane",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("map"), models.F("uid"), name="journeys_lane_uid_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="mapcell",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("lane"), models.F("step"), name="journeys_cell_key"
            ),
        ),
        TenantTable("MapLane"),
        TenantTable("MapCell"),
    ]
