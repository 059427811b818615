"""The saved views that the Overview offers count the data version up too (ADR 0027)."""

from django.db import migrations

from orgs.versions import Counted


class Migration(migrations.Migration):
    dependencies = [("orgs", "0011_data_version_of_the_frame")]

    operations = [Counted("SavedView")]
