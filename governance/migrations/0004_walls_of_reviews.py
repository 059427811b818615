"""Puts reviews and confirmations behind the workspace walls; a confirmation is never rewritten."""

from django.db import migrations

from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [("governance", "0003_reviews")]
    operations = [
        TenantTable("Review"),
        TenantTable("ReviewRecord"),
        TenantTable("ReviewStep"),
        TenantTable("Confirmation", append_only=True),
    ]
