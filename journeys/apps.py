"""Plugs journeys into orgs: what a new workspace begins with, and the navigation. Registers the lanes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from journeys.registry import HISTORY_WORDS, LANES, MAP_PANELS, ON_MERGE, TEXT_LANES, TOUCHPOINT_PANELS
from orgs.registry import (
    ACTIONS,
    COUNTS,
    FIRST_STEPS,
    HOLDINGS,
    HOME,
    LISTS,
    MENU,
    NAVIGATION,
    NEW_WORKSPACE,
    PAGES,
    SEARCH,
    SETTINGS_PAGES,
    NavItem,
    SavedList,
    SettingsPage,
    commentable,
    notification_kind,
)


class JourneysConfig(AppConfig):
    name = "journeys"

    def ready(self) -> None:
        # Models are not loaded before ready().
        from journeys import holdings, home, panels  # noqa: PLC0415
        from journeys.lanes import derived, written  # noqa: PLC0415
        from journeys.panels import ownership, searched, suggested, told_ownership  # noqa: PLC0415
        from journeys.queries import counts  # noqa: PLC0415
        from journeys.services import following, phases, stewards  # noqa: PLC0415

        COUNTS.append(counts.counted)
        LANES.extend(derived.LANES)
        TEXT_LANES.extend(written.LANES)
        TOUCHPOINT_PANELS.append(panels.ON_TOUCHPOINTS)
        MAP_PANELS.append(panels.ON_MAPS)
        TOUCHPOINT_PANELS.extend([ownership.ASKED, ownership.PANEL, suggested.PANEL])
        ON_MERGE.append(ownership.ON_MERGE)
        HISTORY_WORDS.update(told_ownership.HISTORY)
        for kind in told_ownership.KINDS:
            notification_kind(kind)
        HOLDINGS.append(stewards.HOLDING)
        commentable(panels.TOUCHPOINTS)
        commentable(panels.MAPS)
        commentable(panels.SPOTS)
        commentable(panels.FINDINGS)
        HOME.extend(home.PANELS)
        FIRST_STEPS.extend(home.STEPS)
        SEARCH.extend(searched.KINDS)
        ACTIONS.extend(searched.ACTIONS)
        PAGES.append(NavItem(_("Channels"), "channel_register", "radio-tower", 55))
        LISTS["touchpoints"] = SavedList(_("Touchpoints"), "touchpoints")
        LISTS["journeys"] = SavedList(_("Journeys"), "journeys")
        LISTS["channels"] = SavedList(_("Channels"), "channel_register")
        NEW_WORKSPACE.append(phases.begin)
        ON_MERGE.append(following.COMMENTS)
        HOLDINGS.extend(holdings.HOLDINGS)
        SETTINGS_PAGES.append(SettingsPage(_("Lifecycle phases"), "phases", 30))
        SETTINGS_PAGES.append(SettingsPage(_("Channels"), "channels", 40))
        SETTINGS_PAGES.append(SettingsPage(_("Systems"), "systems", 50))
        SETTINGS_PAGES.append(SettingsPage(_("Personas"), "personas", 52))
        SETTINGS_PAGES.append(SettingsPage(_("Products"), "products", 54))
        SETTINGS_PAGES.append(SettingsPage(_("Markets"), "markets", 56))
        NAVIGATION.append(NavItem(_("Touchpoints"), "touchpoints", "mouse-pointer-click", 20, keys="g t"))
        SETTINGS_PAGES.append(SettingsPage(_("Ownership"), "ownership_settings", 60))
        NAVIGATION.append(NavItem(_("Ownership"), "ownership", "user-check", 25, is_on_phones=False))
        MENU.insert(0, NavItem(_("Who to contact"), "contacts", "phone", 5))
        NAVIGATION.append(NavItem(_("Journeys"), "journeys", "route", 30, keys="g j"))
        NAVIGATION.append(NavItem(_("Findings"), "findings", "lightbulb", 35, keys="g f", is_on_phones=False))
