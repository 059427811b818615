"""Plugs in what this app itself brings: grants after every migrate, settings, holdings, what notifications say."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from orgs.registry import (
    ACTIONS,
    COUNTS,
    FIRST_STEPS,
    HOLDINGS,
    HOME,
    MENU,
    NAVIGATION,
    PAGES,
    SEARCH,
    SETTINGS_PAGES,
    Holding,
    NavItem,
    SettingsPage,
    notification_kind,
)
from orgs.walls import grant_shared_tables


class OrgsConfig(AppConfig):
    name = "orgs"

    def ready(self) -> None:
        # Models are not loaded before ready().
        from orgs.panels import home, searched, told_chats, told_comments, told_keys  # noqa: PLC0415
        from orgs.queries import counts  # noqa: PLC0415
        from orgs.services import holdings  # noqa: PLC0415

        COUNTS.append(counts.counted)
        for kind in told_comments.KINDS:
            notification_kind(kind)
        notification_kind(told_keys.ENDING)
        notification_kind(told_chats.TURNED_OFF)
        HOLDINGS.append(
            Holding("departments", _("Departments led alone"), holdings.departments_led_alone, holdings.hand_over_lead)
        )
        HOME.extend(home.PANELS)
        FIRST_STEPS.extend(home.STEPS)
        NAVIGATION.append(NavItem(_("Home"), "workspace_home", "house", 10, keys="g h", is_on_phones=False))
        SEARCH.append(searched.PEOPLE)
        ACTIONS.extend(searched.ACTIONS)
        PAGES.extend(searched.PAGES)
        MENU.extend(searched.MENU)
        SETTINGS_PAGES.append(SettingsPage(_("Workspace"), "settings", 10))
        SETTINGS_PAGES.append(SettingsPage(_("Departments"), "departments", 20))
        SETTINGS_PAGES.append(SettingsPage(_("Chats"), "chats", 90))
        post_migrate.connect(grant, sender=self, dispatch_uid="orgs.grant")


def grant(using: str, **kwargs: Any) -> None:
    """Grant the shared tables once all migrations of a run are done."""
    if connections[using].settings_dict["USER"] != settings.APPLICATION_DATABASE["USER"]:
        with connections[using].cursor() as cursor:
            grant_shared_tables(cursor)
