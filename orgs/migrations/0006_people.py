"""People: invitations, a person's language, zone and epochs, and when a member was last here."""

import django.db.models.deletion
from django.db import migrations, models

import orgs.models.tenancy
from orgs.walls import ME, TenantTable

MINE = f"member_id in (select id from orgs_member where user_id = {ME} and left_at is null)"


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0005_saved_views"),
    ]

    operations = [
        migrations.AddField(
            model_name="member",
            name="last_seen_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="user",
            name="language",
            field=models.CharField(blank=True, max_length=10),
        ),
        migrations.AddField(
            model_name="user",
            name="rights_epoch",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="user",
            name="session_epoch",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="user",
            name="zone",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_hash", models.CharField(blank=True, max_length=64)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("name", models.CharField(blank=True, max_length=200)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("administrator", "Administrator"),
                            ("executive", "Executive"),
                            ("department_lead", "Department lead"),
                            ("map_editor", "Map editor"),
                            ("integrator", "Integrator"),
                            ("contributor", "Contributor"),
                            ("viewer", "Viewer"),
                        ],
                        max_length=20,
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=300)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("site", models.CharField(max_length=200)),
                ("most_uses", models.PositiveIntegerField(default=1, null=True)),
                ("uses", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("letter_wanted_at", models.DateTimeField(null=True)),
                ("letter_sent_at", models.DateTimeField(null=True)),
                (
                    "created_by",
                    orgs.models.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.member"
                    ),
                ),
                (
                    "department",
                    orgs.models.tenancy.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.department",
                    ),
                ),
                (
                    "through",
                    orgs.models.tenancy.TenantForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="orgs.invitation",
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
                "indexes": [
                    models.Index(models.F("workspace"), models.F("token_hash"), name="orgs_invitation_token"),
                    models.Index(models.F("workspace"), models.F("letter_wanted_at"), name="orgs_invitation_letters"),
                ],
            },
        ),
        TenantTable("Invitation"),
        # The switcher names the person's roles in each of the person's workspaces.
        TenantTable("MemberRole", also_visible=MINE),
    ]
