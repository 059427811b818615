"""Chats in Slack and Teams, and what is posted to them."""

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import cxhub.lib.secret_field
import orgs.models.tenancy
from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0014_mail_choices"),
    ]

    operations = [
        migrations.CreateModel(
            name="Chat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100)),
                ("service", models.CharField(choices=[("slack", "Slack"), ("teams", "Microsoft Teams")], max_length=5)),
                ("url", cxhub.lib.secret_field.SecretField()),
                ("host", models.CharField(max_length=255)),
                ("kinds", models.JSONField(default=list)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("off_at", models.DateTimeField(blank=True, null=True)),
                ("off_because", models.CharField(blank=True, max_length=300)),
                (
                    "created_by",
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
            },
        ),
        migrations.CreateModel(
            name="ChatPost",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("leased_until", models.DateTimeField(blank=True, null=True)),
                ("fence", models.PositiveIntegerField(default=0)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("begun", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("kind", models.CharField(max_length=40)),
                ("thing_type", models.CharField(max_length=40)),
                ("thing_id", models.BigIntegerField()),
                ("occasion", models.CharField(max_length=100)),
                ("data", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    orgs.models.tenancy.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.member",
                    ),
                ),
                (
                    "chat",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="posts", to="orgs.chat"
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
        migrations.AddConstraint(
            model_name="chat",
            constraint=models.UniqueConstraint(
                models.F("workspace"), django.db.models.functions.text.Lower("name"), name="orgs_chat_name_key"
            ),
        ),
        migrations.AddIndex(
            model_name="chatpost",
            index=models.Index(
                models.F("workspace"),
                models.F("due_at"),
                condition=models.Q(("due_at", None), _negated=True),
                name="orgs_chatpost_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="chatpost",
            constraint=models.UniqueConstraint(
                models.F("workspace"),
                models.F("chat"),
                models.F("thing_type"),
                models.F("thing_id"),
                models.F("occasion"),
                name="orgs_chatpost_key",
            ),
        ),
        TenantTable("Chat"),
        TenantTable("ChatPost"),
    ]
