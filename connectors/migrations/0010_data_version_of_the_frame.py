"""Notifications are of connections too, so these count the data version up (ADR 0027)."""

from django.db import migrations

from orgs.versions import Counted


class Migration(migrations.Migration):
    dependencies = [("connectors", "0009_asked_at"), ("orgs", "0010_data_version")]

    operations = [Counted("Connection", but=("next_turn_at", "tries", "breaker_until"))]
