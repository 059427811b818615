"""Who answers for a channel, what kind it is, and how many of its customers shall use it."""

import django.db.models.deletion
from django.db import migrations, models

import orgs.models.tenancy
from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0033_budgets"),
        ("orgs", "0018_data_version_of_chats"),
    ]

    operations = [
        migrations.AddField(
            model_name="channel",
            name="kind",
            field=models.CharField(
                choices=[
                    ("own", "Own channel"),
                    ("partner", "Partner"),
                    ("device", "Device (IoT)"),
                    ("identity", "Sign-in (identity provider)"),
                    ("signal", "Pre-contact signal (reviews, search, social)"),
                ],
                default="own",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="channel",
            name="owner",
            field=orgs.models.tenancy.TenantForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="channels",
                to="orgs.department",
            ),
        ),
        migrations.AddField(
            model_name="channel",
            name="participation_target",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="channel",
            constraint=models.CheckConstraint(
                condition=models.Q(("participation_target", None), ("participation_target__lte", 100), _connector="OR"),
                name="journeys_channel_participation_target",
            ),
        ),
        TenantTable("Channel"),
    ]
