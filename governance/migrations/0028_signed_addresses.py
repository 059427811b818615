"""Where test tools post signed results, and the secrets that they sign with."""

import django.db.models.deletion
from django.db import migrations, models

import cxhub.lib.secret_field
import orgs.models.tenancy


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0027_walls_of_releases"),
        ("orgs", "0019_contacts"),
    ]

    operations = [
        migrations.CreateModel(
            name="SignedAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_sha256", models.CharField(max_length=64)),
                ("token", cxhub.lib.secret_field.SecretField()),
                ("secret", cxhub.lib.secret_field.SecretField()),
                ("kept_at", models.DateTimeField()),
                ("older", cxhub.lib.secret_field.SecretField(null=True)),
                ("older_until", models.DateTimeField(null=True)),
                ("refused_at", models.DateTimeField(null=True)),
                ("refusal", models.CharField(blank=True, max_length=20)),
                (
                    "expectation",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="governance.expectation"
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
                        models.F("workspace"), models.F("expectation"), name="governance_signed_expectation"
                    )
                ],
            },
        ),
    ]
