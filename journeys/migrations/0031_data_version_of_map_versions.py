"""Notifications are of versions too, so these count the data version up (ADR 0027)."""

from django.db import migrations

from orgs.versions import Counted


class Migration(migrations.Migration):
    dependencies = [("journeys", "0027_what_moved_since")]
    operations = [Counted("MapVersion")]
