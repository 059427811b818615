"""Puts hand-offs behind the workspace walls; notifications are of them, so they count the data version up."""

from django.db import migrations

from orgs.versions import Counted
from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [("governance", "0020_handoffs")]
    operations = [TenantTable("HandOff"), TenantTable("HandOffWord", append_only=True), Counted("HandOff")]
