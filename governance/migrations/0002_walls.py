"""Puts the plans of reviews behind the workspace walls."""

from django.db import migrations

from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0001_initial"),
        ("journeys", "0021_drill_down"),
        ("orgs", "0012_data_version_of_saved_views"),
    ]
    operations = [TenantTable("ReviewPlan")]
