"""Plugs the application role's grants into every migrate, and says what notifications about comments say."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db import connections
from django.db.models.signals import post_migrate

from orgs.registry import notification_kind
from orgs.walls import grant_shared_tables


class OrgsConfig(AppConfig):
    name = "orgs"

    def ready(self) -> None:
        # Models are not loaded before ready().
        from orgs.panels import told_comments  # noqa: PLC0415

        for kind in told_comments.KINDS:
            notification_kind(kind)
        post_migrate.connect(grant, sender=self, dispatch_uid="orgs.grant")


def grant(using: str, **kwargs: Any) -> None:
    """Grant the shared tables once all migrations of a run are done."""
    if connections[using].settings_dict["USER"] != settings.APPLICATION_DATABASE["USER"]:
        with connections[using].cursor() as cursor:
            grant_shared_tables(cursor)
