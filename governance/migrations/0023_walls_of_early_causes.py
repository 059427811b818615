"""Puts what calls for reviews behind the workspace walls."""

from django.db import migrations

from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [("governance", "0022_early_causes")]
    operations = [TenantTable("EarlyCause")]
