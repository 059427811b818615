"""Brings every secret of every workspace under the newest key. Says how many it could not read, and fails then."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import models

from cxhub.lib.secret_field import SecretField
from cxhub.lib.secrets import WrongKey
from orgs.scope import scope, workspace_ids


class Command(BaseCommand):
    help = "Encrypt all secrets anew with the first of ENCRYPTION_KEYS. Then the older keys can go. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        renewed = unreadable = 0
        for workspace_id in workspace_ids():
            for model, name in _columns():
                with scope(workspace_id):
                    more_renewed, more_unreadable = _renew(model, name)
                renewed, unreadable = renewed + more_renewed, unreadable + more_unreadable
        self.stdout.write(f"{renewed} secrets now use the newest key.")
        if unreadable:
            raise CommandError(
                f"{unreadable} secrets cannot be read with any of ENCRYPTION_KEYS. Keep the older keys, "
                "or enter those secrets again."
            )


def _columns() -> list[tuple[Any, str]]:
    fields = [(model, field) for model in apps.get_models() for field in model._meta.local_fields]
    return [(model, field.name) for model, field in fields if isinstance(field, SecretField)]


def _renew(model: type[models.Model], name: str) -> tuple[int, int]:
    """Renew one column in the workspace in scope; a secret replaced meanwhile is left alone."""
    renewed = unreadable = 0
    rows = model._default_manager
    for pk, sealed in list(rows.exclude(**{name: None}).values_list("pk", name)):
        try:
            newer = sealed.renewed(settings.ENCRYPTION_KEYS)
        except WrongKey:
            unreadable += 1
            continue
        if newer != sealed:
            renewed += rows.filter(pk=pk, **{name: sealed}).update(**{name: newer})
    return renewed, unreadable
