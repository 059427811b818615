"""Each kind of mail comes at once, in the digest or never; when mails may come, and about what none."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import orgs.models.tenancy
from orgs.walls import TenantTable

THERE = "update orgs_mailchoice set \"when\" = case when is_wanted then 'now' else 'never' end"
BACK = "update orgs_mailchoice set is_wanted = (\"when\" <> 'never')"


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0013_sendings"),
    ]

    operations = [
        migrations.AddField(
            "mailchoice",
            "when",
            models.CharField(
                choices=[("now", "At once"), ("digest", "In the digest"), ("never", "Not by mail")],
                default="now",
                max_length=6,
            ),
            preserve_default=False,
        ),
        migrations.AlterField("mailchoice", "is_wanted", models.BooleanField(default=True)),  # for the way back
        migrations.RunSQL(THERE, BACK),
        migrations.RemoveField("mailchoice", "is_wanted"),
        migrations.CreateModel(
            name="Digest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("leased_until", models.DateTimeField(blank=True, null=True)),
                ("fence", models.PositiveIntegerField(default=0)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("begun", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("period", models.DateTimeField()),
                (
                    "member",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="digests", to="orgs.member"
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
                "indexes": [
                    models.Index(
                        models.F("workspace"),
                        models.F("due_at"),
                        condition=models.Q(("due_at", None), _negated=True),
                        name="orgs_digest_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("workspace"), models.F("member"), models.F("period"), name="orgs_digest_key"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MailTimes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "digest_every",
                    models.CharField(
                        choices=[("day", "Every day"), ("week", "Once a week")], default="day", max_length=4
                    ),
                ),
                (
                    "digest_weekday",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(6)]
                    ),
                ),
                (
                    "digest_hour",
                    models.PositiveSmallIntegerField(
                        default=8, validators=[django.core.validators.MaxValueValidator(23)]
                    ),
                ),
                (
                    "quiet_from",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, validators=[django.core.validators.MaxValueValidator(23)]
                    ),
                ),
                (
                    "quiet_until",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, validators=[django.core.validators.MaxValueValidator(23)]
                    ),
                ),
                ("paused_until", models.DateField(blank=True, null=True)),
                ("links_epoch", models.PositiveIntegerField(default=0)),
                (
                    "member",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mail_times", to="orgs.member"
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
                    models.UniqueConstraint(models.F("workspace"), models.F("member"), name="orgs_mailtimes_key")
                ],
            },
        ),
        migrations.CreateModel(
            name="Mute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("thing_type", models.CharField(max_length=40)),
                ("thing_id", models.BigIntegerField()),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "member",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mutes", to="orgs.member"
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
                        models.F("workspace"),
                        models.F("member"),
                        models.F("thing_type"),
                        models.F("thing_id"),
                        name="orgs_mute_key",
                    )
                ],
            },
        ),
        TenantTable("Digest"),
        TenantTable("MailTimes"),
        TenantTable("Mute"),
    ]
