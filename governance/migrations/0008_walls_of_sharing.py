"""Puts change notes and who has read them behind the workspace walls; what was said and read is never rewritten."""

from django.db import migrations

from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [("governance", "0007_sharing")]
    operations = [
        TenantTable("ChangeNote", append_only=True),
        TenantTable("Addressee"),
        TenantTable("Acknowledgement", append_only=True),
    ]
