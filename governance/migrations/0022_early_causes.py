"""What called for a review of a map before its day, and after how many periods off target a number does."""

import django.db.models.deletion
from django.db import migrations, models

import orgs.models.tenancy


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0021_walls_of_handoffs"),
        ("journeys", "0031_data_version_of_map_versions"),
        ("orgs", "0018_data_version_of_chats"),
    ]

    operations = [
        migrations.CreateModel(
            name="EarlyCause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("trigger", models.CharField(max_length=40)),
                ("thing_id", models.BigIntegerField(default=0)),
                ("occasion", models.CharField(max_length=100)),
                ("words", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                ("turn", models.PositiveIntegerField()),
                ("due_on", models.DateField()),
                ("was_on", models.DateField(blank=True, null=True)),
                ("was_first_due_on", models.DateField(blank=True, null=True)),
                ("declined_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ["-at", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddField(
            model_name="reviewplan",
            name="early_periods",
            field=models.PositiveSmallIntegerField(default=3),
        ),
        migrations.AddConstraint(
            model_name="reviewplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("early_periods__lte", 12)), name="governance_plan_early"
            ),
        ),
        migrations.AddField(
            model_name="earlycause",
            name="by",
            field=orgs.models.tenancy.TenantForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.member"
            ),
        ),
        migrations.AddField(
            model_name="earlycause",
            name="declined_by",
            field=orgs.models.tenancy.TenantForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.member"
            ),
        ),
        migrations.AddField(
            model_name="earlycause",
            name="map",
            field=orgs.models.tenancy.TenantForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="early_causes", to="journeys.map"
            ),
        ),
        migrations.AddField(
            model_name="earlycause",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="orgs.workspace",
            ),
        ),
        migrations.AddConstraint(
            model_name="earlycause",
            constraint=models.UniqueConstraint(
                models.F("workspace"),
                models.F("map"),
                models.F("trigger"),
                models.F("thing_id"),
                models.F("occasion"),
                name="governance_early_key",
            ),
        ),
        migrations.AddConstraint(
            model_name="earlycause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("declined_at", None), ("declined_by", None)),
                    models.Q(("declined_at__isnull", False), ("declined_by__isnull", False)),
                    _connector="OR",
                ),
                name="governance_early_declined",
            ),
        ),
    ]
