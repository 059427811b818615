"""What is to be sent says so in the same words everywhere (orgs/models/sendings.py)."""

from django.db import migrations, models

NAMES = {
    "mail_due_at": "due_at",
    "mail_leased_until": "leased_until",
    "mail_fence": "fence",
    "mail_tries": "tries",
    "mail_begun": "begun",
    "mailed_at": "sent_at",
}


class Migration(migrations.Migration):
    dependencies = [("orgs", "0012_data_version_of_saved_views")]

    operations = [
        migrations.RemoveIndex("notification", "orgs_notification_mail"),
        *(migrations.RenameField("notification", old, new) for old, new in NAMES.items()),
        migrations.AddField("notification", "in_digest", models.BooleanField(default=False)),
        migrations.AddIndex(
            "notification",
            models.Index(
                models.F("workspace"),
                models.F("due_at"),
                name="orgs_notification_mail",
                condition=~models.Q(due_at=None),
            ),
        ),
        migrations.AddIndex(
            "notification",
            models.Index(
                models.F("workspace"),
                models.F("member"),
                name="orgs_notification_digest",
                condition=models.Q(in_digest=True),
            ),
        ),
    ]
