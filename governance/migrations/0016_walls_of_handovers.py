"""Puts hand-overs of sponsorships behind the workspace walls."""

from django.db import migrations

from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [("governance", "0015_handovers")]
    operations = [TenantTable("Handover")]
