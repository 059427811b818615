"""Lets systems send: addresses, signing secrets, messages and their rows, behind the walls."""

import django.db.models.deletion
from django.db import migrations, models

import cxhub.lib.secret_field
import orgs.models.tenancy
from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("connectors", "0005_file_checks"),
        ("orgs", "0002_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="PushMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=100)),
                ("body_sha256", models.CharField(max_length=64)),
                ("received_at", models.DateTimeField()),
                ("digested_at", models.DateTimeField(null=True)),
                ("rows_accepted", models.PositiveIntegerField()),
                ("rows_suspect", models.PositiveIntegerField()),
                ("rows_rejected", models.PositiveIntegerField()),
                ("rejected", models.JSONField(default=list)),
                (
                    "feed",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="messages", to="connectors.feed"
                    ),
                ),
                (
                    "run",
                    orgs.models.tenancy.TenantForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="connectors.syncrun",
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
                "ordering": ["-id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="PushRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("day", models.DateField()),
                ("is_suspect", models.BooleanField()),
                ("touchpoint", models.CharField(max_length=200)),
                ("channel", models.CharField(blank=True, max_length=100)),
                ("department", models.CharField(blank=True, max_length=200)),
                ("value", models.FloatField(null=True)),
                ("answered", models.BigIntegerField(null=True)),
                ("asked", models.BigIntegerField(null=True)),
                (
                    "feed",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="connectors.feed"
                    ),
                ),
                (
                    "message",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="connectors.pushmessage"
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
            },
        ),
        migrations.CreateModel(
            name="SigningSecret",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", cxhub.lib.secret_field.SecretField()),
                ("kept_at", models.DateTimeField(auto_now_add=True)),
                ("ends_at", models.DateTimeField(null=True)),
                (
                    "feed",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signing_secrets",
                        to="connectors.feed",
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
                "ordering": ["-id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Webhook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_sha256", models.CharField(max_length=64)),
                ("token", cxhub.lib.secret_field.SecretField()),
                ("refused_at", models.DateTimeField(null=True)),
                ("refusal", models.CharField(blank=True, max_length=20)),
                (
                    "feed",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="webhooks", to="connectors.feed"
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
            },
        ),
        migrations.AddIndex(
            model_name="pushmessage",
            index=models.Index(
                models.F("workspace"), models.F("feed"), models.F("received_at"), name="connectors_message_received"
            ),
        ),
        migrations.AddIndex(
            model_name="pushmessage",
            index=models.Index(
                models.F("workspace"),
                models.F("feed"),
                condition=models.Q(("digested_at__isnull", True)),
                name="connectors_message_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="pushmessage",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("feed"), models.F("key"), name="connectors_message_key"
            ),
        ),
        migrations.AddIndex(
            model_name="pushrow",
            index=models.Index(models.F("workspace"), models.F("feed"), models.F("day"), name="connectors_push_day"),
        ),
        migrations.AddConstraint(
            model_name="pushrow",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("message"), models.F("position"), name="connectors_push_row_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="signingsecret",
            constraint=models.UniqueConstraint(
                models.F("workspace"),
                models.F("feed"),
                condition=models.Q(("ends_at", None)),
                name="connectors_signing_newest",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.UniqueConstraint(models.F("workspace"), models.F("feed"), name="connectors_webhook_key"),
        ),
        TenantTable("Webhook"),
        TenantTable("SigningSecret"),
        TenantTable("PushMessage"),
        TenantTable("PushRow"),
    ]
