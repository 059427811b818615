"""The Overview tells how reviews go, and notifications are of hand-overs, so these count the data version up."""

from django.db import migrations

from orgs.versions import Counted


class Migration(migrations.Migration):
    dependencies = [("governance", "0016_walls_of_handovers")]
    operations = [Counted("ReviewPlan"), Counted("Review"), Counted("Handover")]
