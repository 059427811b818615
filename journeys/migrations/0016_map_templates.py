"""Templates: what new maps begin with."""

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import orgs.models.tenancy
from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [("journeys", "0015_findings")]
    operations = [
        migrations.CreateModel(
            name="MapTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("document", models.JSONField()),
                ("has_texts", models.BooleanField()),
                ("at", models.DateTimeField()),
                (
                    "by",
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
                "ordering": ["name", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        models.F("workspace"),
                        django.db.models.functions.text.Lower("name"),
                        name="journeys_template_name_key",
                    )
                ],
            },
        ),
        TenantTable("MapTemplate"),
    ]
