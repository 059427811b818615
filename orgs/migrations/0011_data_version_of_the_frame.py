"""What the number of unread notifications in the frame depends on counts the data version up too (ADR 0027)."""

from django.db import migrations

from orgs.versions import Counted


class Migration(migrations.Migration):
    dependencies = [("orgs", "0010_data_version")]

    operations = [
        Counted("Notification"),
        Counted("Comment"),
        Counted("CommentPerson"),
        Counted("ApiKey", but=("last_used_at",)),
    ]
