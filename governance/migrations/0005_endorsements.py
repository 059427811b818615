"""Sign-offs, what second endorsers add to them, and who those are."""

import django.db.models.deletion
from django.db import migrations, models

import orgs.models.tenancy


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0011_walls_of_reviewers"),
        ("journeys", "0027_what_moved_since"),
        ("orgs", "0012_data_version_of_saved_views"),
    ]

    operations = [
        migrations.CreateModel(
            name="Endorsement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "capacity",
                    models.CharField(
                        choices=[("sponsor", "Executive sponsor"), ("second", "Second endorser")], max_length=7
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("title", models.CharField(max_length=300)),
                ("comment", models.CharField(blank=True, max_length=500)),
                ("sha256", models.CharField(max_length=64)),
                ("mark", models.CharField(max_length=32)),
                (
                    "by",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.member"
                    ),
                ),
                (
                    "review",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="endorsements", to="governance.review"
                    ),
                ),
                (
                    "version",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="endorsements",
                        to="journeys.mapversion",
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
                "ordering": ["-at", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        models.F("workspace"),
                        models.F("version"),
                        models.F("review"),
                        models.F("capacity"),
                        models.F("by"),
                        name="governance_endorsement_key",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SecondEndorser",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "map",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="second_endorsers", to="journeys.map"
                    ),
                ),
                (
                    "member",
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
                    models.UniqueConstraint(models.F("workspace"), models.F("map"), name="governance_second_map_key")
                ],
            },
        ),
    ]
