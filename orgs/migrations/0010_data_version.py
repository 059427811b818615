"""The data version of a workspace: counted up by the tables whose rows computed pages show (ADR 0027)."""

import django.db.models.deletion
from django.db import migrations, models

from orgs.versions import COUNT_UP, Counted
from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [("orgs", "0009_example_workspaces")]

    operations = [
        migrations.CreateModel(
            name="DataVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slot", models.PositiveSmallIntegerField()),
                ("number", models.BigIntegerField()),
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
                    models.UniqueConstraint(models.F("workspace"), models.F("slot"), name="orgs_dataversion_key")
                ],
            },
        ),
        TenantTable("DataVersion"),
        migrations.RunSQL([(COUNT_UP, None)], "drop function orgs_count_up()"),
        Counted("Workspace"),
        Counted("Department"),
        Counted("Member", but=("last_seen_at",)),
        Counted("MemberRole"),
        Counted("AuditEntry"),
    ]
