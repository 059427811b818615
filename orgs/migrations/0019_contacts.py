"""How a department is reached, when, and how soon it replies."""

import django.db.models.deletion
from django.db import migrations, models

import orgs.models.tenancy
from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0018_data_version_of_chats"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("phone", models.CharField(blank=True, max_length=60)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("elsewhere", models.CharField(blank=True, max_length=300)),
                ("hours", models.JSONField(blank=True, default=list)),
                ("hours_note", models.CharField(blank=True, max_length=300)),
                ("zone", models.CharField(blank=True, max_length=64)),
                ("reply_within", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "reply_unit",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("minutes", "minutes"),
                            ("hours", "hours"),
                            ("days", "days"),
                            ("working", "working days"),
                        ],
                        max_length=7,
                    ),
                ),
                (
                    "department",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="contacts", to="orgs.department"
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
                    models.UniqueConstraint("workspace", "department", name="orgs_contact_key"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reply_unit", ""), ("reply_within", None)),
                            models.Q(
                                ("reply_unit__in", ["minutes", "hours", "days", "working"]), ("reply_within__gte", 1)
                            ),
                            _connector="OR",
                        ),
                        name="orgs_contact_reply",
                    ),
                ],
            },
        ),
        TenantTable("Contact"),
    ]
