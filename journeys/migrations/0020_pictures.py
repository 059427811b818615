"""Pictures beside the steps of maps."""

from django.db import migrations, models

from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [("journeys", "0019_personas_of_lanes"), ("orgs", "0011_data_version_of_the_frame")]

    operations = [
        migrations.CreateModel(
            name="Picture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64)),
                ("content_type", models.CharField(max_length=20)),
                ("data", models.BinaryField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "workspace",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="orgs.workspace",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint("workspace", "sha256", name="journeys_picture_key")],
            },
        ),
        TenantTable("Picture"),
    ]
