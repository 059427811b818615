"""Notifications are of suggestions too, so these count the data version up (ADR 0027)."""

from django.db import migrations

from orgs.versions import Counted


class Migration(migrations.Migration):
    dependencies = [("journeys", "0012_versions"), ("orgs", "0010_data_version")]

    operations = [Counted("Suggestion")]
