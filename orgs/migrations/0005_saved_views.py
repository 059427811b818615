"""Saved views of lists."""

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import orgs.models.tenancy
from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0004_comments_and_notifications"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("list_key", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=100)),
                ("query", models.TextField(blank=True)),
                ("is_shared", models.BooleanField(default=False)),
                ("is_default", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "owner",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="saved_views", to="orgs.member"
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
                "ordering": ["name", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        models.F("workspace"),
                        models.F("owner"),
                        models.F("list_key"),
                        django.db.models.functions.text.Lower("name"),
                        name="orgs_savedview_name_key",
                    ),
                    models.UniqueConstraint(
                        models.F("workspace"),
                        models.F("owner"),
                        models.F("list_key"),
                        condition=models.Q(("is_default", True)),
                        name="orgs_savedview_default_key",
                    ),
                ],
            },
        ),
        TenantTable("SavedView"),
    ]
