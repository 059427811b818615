"""Puts what is expected of touchpoints behind the workspace walls; what checks found is never rewritten."""

from django.db import migrations

from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [("governance", "0024_expectations")]
    operations = [TenantTable("Expectation"), TenantTable("ExpectationCheck", append_only=True)]
