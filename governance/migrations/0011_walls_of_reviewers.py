"""Puts reviewers and reminders behind the workspace walls; the delegate of a review is of the same workspace."""

from django.db import migrations

from orgs.walls import TenantTable


class Migration(migrations.Migration):
    dependencies = [("governance", "0010_reviewers_and_reminders")]
    operations = [TenantTable("Reviewer"), TenantTable("Reminder"), TenantTable("ReviewPlan")]
