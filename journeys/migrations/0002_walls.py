"""Puts the tables of journeys behind the workspace walls."""

from django.db import migrations

from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [("journeys", "0001_initial"), ("orgs", "0002_walls")]
    operations = [
        TenantTable("LifecyclePhase"),
        TenantTable("Channel"),
        TenantTable("System"),
        TenantTable("Touchpoint"),
        TenantTable("TouchpointSystem"),
        TenantTable("Journey"),
        TenantTable("Map"),
        TenantTable("Stage"),
        TenantTable("Step"),
        TenantTable("TouchpointPlacement"),
    ]
