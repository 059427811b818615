"""Puts the releases of touchpoints behind the workspace walls."""

from django.db import migrations

from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [("governance", "0026_releases")]
    operations = [TenantTable("Release")]
