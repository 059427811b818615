"""Every change of what the Overview shows of KPIs counts the data version up (ADR 0027)."""

from django.db import migrations

from orgs.versions import Counted


class Migration(migrations.Migration):
    dependencies = [("insights", "0010_overview"), ("orgs", "0010_data_version")]

    operations = [
        Counted("Source"),
        Counted("Kpi"),
        Counted("KpiTarget"),
        Counted("Reading"),
        Counted("StatusUpdate"),
        Counted("UpdateRequest"),
        Counted("HeadlineKpi"),
        Counted("OverviewSeen"),
    ]
