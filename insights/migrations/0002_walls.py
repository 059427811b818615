"""Puts the tables of insights behind the workspace walls."""

from django.db import migrations

from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [("insights", "0001_initial"), ("journeys", "0002_walls"), ("orgs", "0002_walls")]
    operations = [
        TenantTable("Source"),
        TenantTable("Kpi"),
        TenantTable("KpiTarget"),
        TenantTable("ReadingPart"),
        TenantTable("Reading"),
    ]
