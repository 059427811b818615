"""Puts endorsements behind the workspace walls; one is never rewritten."""

from django.db import migrations

from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [("governance", "0005_endorsements")]
    operations = [
        TenantTable("SecondEndorser"),
        TenantTable("Endorsement", append_only=True),
    ]
