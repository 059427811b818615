"""Puts restatements and disputes behind the workspace walls, and gives the new key of KPIs its composite one."""

from django.db import migrations

from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [("insights", "0003_trust_and_restatements"), ("orgs", "0002_walls")]
    operations = [
        TenantTable("Kpi"),
        TenantTable("Restatement"),
        TenantTable("Dispute"),
        TenantTable("DisputeReply"),
    ]
