"""Every change of what the Overview shows of journeys counts the data version up (ADR 0027)."""

from django.db import migrations

from orgs.versions import Counted


class Migration(migrations.Migration):
    dependencies = [("journeys", "0010_lanes"), ("orgs", "0010_data_version")]

    operations = [
        Counted("LifecyclePhase"),
        Counted("Journey"),
        Counted("Map"),
        Counted("Stage"),
        Counted("Step"),
        Counted("TouchpointPlacement"),
        Counted("Touchpoint"),
        Counted("Offer"),
    ]
