"""Puts what is expected behind the workspace walls; notifications are of it, so it counts the data version up.

When it is checked is no news; what checks found is never rewritten.
"""

from django.db import migrations

from orgs.versions import Counted
from orgs.walls import TenantTable

NO_NEWS = ("next_at", "claimed_until", "checked_at")


class Migration(migrations.Migration):
    dependencies = [("governance", "0024_expectations")]
    operations = [
        TenantTable("Expectation"),
        TenantTable("ExpectationCheck", append_only=True),
        Counted("Expectation", but=NO_NEWS),
    ]
