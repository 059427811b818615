"""Notifications are of chats that were turned off too, so these count the data version up (ADR 0027)."""

from django.db import migrations

from orgs.versions import Counted


class Migration(migrations.Migration):
    dependencies = [("orgs", "0015_chats")]
    operations = [Counted("Chat")]
