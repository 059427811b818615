"""Puts the addresses for signed results behind the workspace walls. They show in no frame of a page."""

from django.db import migrations

from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [("governance", "0028_signed_addresses")]
    operations = [TenantTable("SignedAddress")]
