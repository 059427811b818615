"""Everything a touchpoint record holds, changes of many at once, and files of touchpoints."""

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import orgs.models.folding
import orgs.models.tenancy
from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0003_maps_by_hand"),
        ("orgs", "0005_saved_views"),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkEdit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("field", models.CharField(max_length=40)),
                ("entry_ids", models.JSONField(default=list)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="TouchpointImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("name", models.CharField(max_length=255)),
                ("text", models.TextField()),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("counts", models.JSONField(default=dict)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddField(
            model_name="touchpoint",
            name="automation",
            field=models.CharField(
                blank=True, choices=[("human", "By people"), ("automated", "Automated")], max_length=9
            ),
        ),
        migrations.AddField(
            model_name="touchpoint",
            name="built_by",
            field=orgs.models.tenancy.TenantForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="touchpoints_built",
                to="orgs.department",
            ),
        ),
        migrations.AddField(
            model_name="touchpoint",
            name="description",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="touchpoint",
            name="design_status",
            field=models.CharField(
                blank=True,
                choices=[
                    ("designed", "Designed"),
                    ("built", "Built"),
                    ("tested", "Tested"),
                    ("live", "Live"),
                    ("verified", "Verified"),
                ],
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="touchpoint",
            name="design_status_since",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="touchpoint",
            name="designed_by",
            field=orgs.models.tenancy.TenantForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="touchpoints_designed",
                to="orgs.department",
            ),
        ),
        migrations.AddField(
            model_name="touchpoint",
            name="field_versions",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="touchpoint",
            name="importance_to_company",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="touchpoint",
            name="importance_to_customer",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="touchpoint",
            name="merged_into",
            field=orgs.models.tenancy.TenantForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="journeys.touchpoint",
            ),
        ),
        migrations.AddField(
            model_name="touchpoint",
            name="partner_name",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="touchpoint",
            name="performed_by",
            field=models.CharField(blank=True, choices=[("own", "Own staff"), ("partner", "A partner")], max_length=7),
        ),
        migrations.AddField(
            model_name="touchpoint",
            name="place",
            field=models.CharField(
                blank=True, choices=[("on", "On our property"), ("off", "Off our property")], max_length=3
            ),
        ),
        migrations.AddField(
            model_name="touchpoint",
            name="run_by",
            field=orgs.models.tenancy.TenantForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="touchpoints_run",
                to="orgs.department",
            ),
        ),
        migrations.AddField(
            model_name="touchpoint",
            name="steward",
            field=orgs.models.tenancy.TenantForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stewarded_touchpoints",
                to="orgs.member",
            ),
        ),
        migrations.AddField(
            model_name="touchpoint",
            name="tested_by",
            field=orgs.models.tenancy.TenantForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="touchpoints_tested",
                to="orgs.department",
            ),
        ),
        migrations.AddField(
            model_name="touchpoint",
            name="teams_note",
            field=models.TextField(blank=True),
        ),
        migrations.AddConstraint(
            model_name="touchpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("importance_to_customer", None),
                    models.Q(("importance_to_customer__gte", 1), ("importance_to_customer__lte", 5)),
                    _connector="OR",
                ),
                name="journeys_tp_importance_customer",
            ),
        ),
        migrations.AddConstraint(
            model_name="touchpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("importance_to_company", None),
                    models.Q(("importance_to_company__gte", 1), ("importance_to_company__lte", 5)),
                    _connector="OR",
                ),
                name="journeys_tp_importance_company",
            ),
        ),
        migrations.AddField(
            model_name="bulkedit",
            name="by",
            field=orgs.models.tenancy.TenantForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.member"
            ),
        ),
        migrations.AddField(
            model_name="bulkedit",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="orgs.workspace",
            ),
        ),
        migrations.AddField(
            model_name="touchpointimport",
            name="by",
            field=orgs.models.tenancy.TenantForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.member"
            ),
        ),
        migrations.AddField(
            model_name="touchpointimport",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="orgs.workspace",
            ),
        ),
        migrations.AddField(
            model_name="touchpoint",
            name="search_text",
            field=models.GeneratedField(
                db_persist=True,
                expression=orgs.models.folding.Folded(
                    django.db.models.functions.text.Concat(
                        "name",
                        models.Value("\n"),
                        "promise",
                        models.Value("\n"),
                        "description",
                        output_field=models.TextField(),
                    )
                ),
                output_field=models.TextField(),
            ),
        ),
        TenantTable("Touchpoint"),  # again, for the keys it has gained
        TenantTable("BulkEdit"),
        TenantTable("TouchpointImport"),
    ]
