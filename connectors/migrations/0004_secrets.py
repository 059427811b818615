"""Keeps the secrets of connections, encrypted, behind the walls."""

import django.db.models.deletion
from django.db import migrations, models

import cxhub.lib.secret_field
import orgs.models.tenancy
from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("connectors", "0003_running"),
        ("orgs", "0002_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConnectionSecret",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field", models.CharField(max_length=40)),
                ("value", cxhub.lib.secret_field.SecretField()),
                ("origin", models.CharField(max_length=300)),
                ("kept_at", models.DateTimeField(auto_now=True)),
                (
                    "connection",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="secrets", to="connectors.connection"
                    ),
                ),
                (
                    "kept_by",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.member"
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
                        models.F("workspace"), models.F("connection"), models.F("field"), name="connectors_secret_key"
                    )
                ],
            },
        ),
        TenantTable("ConnectionSecret"),
    ]
