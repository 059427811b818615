"""Puts the addresses of calendars behind the workspace walls."""

from django.db import migrations

from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [("governance", "0012_calendar_feeds")]
    operations = [TenantTable("CalendarFeed")]
