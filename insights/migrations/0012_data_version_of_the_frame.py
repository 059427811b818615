"""Notifications are of disputes too, so these count the data version up (ADR 0027)."""

from django.db import migrations

from orgs.versions import Counted


class Migration(migrations.Migration):
    dependencies = [("insights", "0011_data_version"), ("orgs", "0010_data_version")]

    operations = [Counted("Dispute")]
