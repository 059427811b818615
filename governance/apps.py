"""Plugs reviews into the navigation, Home, and the pages of maps."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from governance.registry import CHECKS, TRIGGERS
from insights.registry import HAPPENED, OVERVIEW
from journeys.registry import (
    HISTORY_WORDS,
    IMPACT_PANELS,
    JOURNEYS_LINKS,
    LANES,
    LAYER_COLUMNS,
    MAP_CARRIES,
    MAP_COLUMNS,
    MAP_PANELS,
    ON_MERGE,
    TOUCHPOINT_PANELS,
    PageLink,
)
from orgs.registry import HOME, LISTS, NAVIGATION, PAGES, NavItem, SavedList, notification_kind


class GovernanceConfig(AppConfig):
    name = "governance"

    def ready(self) -> None:
        # Models are not loaded before ready().
        from governance import checks, home, lanes  # noqa: PLC0415
        from governance.panels import (  # noqa: PLC0415
            delivery,
            expectations,
            handoffs,
            impact,
            on_maps,
            reviewed_maps,
            signed_maps,
            standing,
            told_expectations,
            told_handoffs,
            told_reviews,
            told_signing,
            told_sponsors,
        )
        from governance.queries import releases  # noqa: PLC0415
        from governance.services import expectation_merging, handoff_merging, release_merging  # noqa: PLC0415
        from governance.triggers import known  # noqa: PLC0415

        CHECKS.extend(checks.CHECKS)
        TRIGGERS.update((each.key, each) for each in known.TRIGGERS)
        HOME.extend(home.PANELS)
        for record in ("touchpoint", "finding"):
            HISTORY_WORDS[f"{record}.confirm"] = _("%(who)s confirmed that it is still right")
        for kind in (*told_reviews.KINDS, *told_signing.KINDS, *told_sponsors.KINDS, *told_handoffs.KINDS):
            notification_kind(kind)
        for kind in told_expectations.KINDS:
            notification_kind(kind)
        HISTORY_WORDS.update(handoffs.HISTORY)
        HISTORY_WORDS.update(expectations.HISTORY)
        HISTORY_WORDS.update(delivery.HISTORY)
        HAPPENED.append(releases.during)
        LANES.append(lanes.LANE)
        ON_MERGE.append(handoff_merging.STEP)
        ON_MERGE.append(expectation_merging.STEP)
        ON_MERGE.append(release_merging.STEP)
        TOUCHPOINT_PANELS.append(handoffs.PANEL)
        IMPACT_PANELS.append(impact.PANEL)
        TOUCHPOINT_PANELS.append(expectations.PANEL)
        TOUCHPOINT_PANELS.append(delivery.PANEL)
        LISTS["handoffs"] = SavedList(_("Hand-offs"), "handoffs")
        LISTS["expectations"] = SavedList(_("Expectations"), "expectations")
        JOURNEYS_LINKS.append(PageLink(_("Hand-offs"), "handoffs", "arrow-right-left"))
        MAP_CARRIES.update(on_maps.CARRIED)
        MAP_PANELS.append(on_maps.PANEL)
        MAP_COLUMNS.append(signed_maps.COLUMN)
        LAYER_COLUMNS.append(reviewed_maps.COLUMN)
        OVERVIEW.append(standing.PANEL)
        PAGES.append(NavItem(_("Hand-offs"), "handoffs", "arrow-right-left", 36))
        PAGES.append(NavItem(_("Expectations"), "expectations", "list-checks", 37))
        PAGES.append(NavItem(_("Governance"), "governance", "shield-check", 38))
        NAVIGATION.append(NavItem(_("Reviews"), "reviews", "calendar-check", 37, keys="g r", is_on_phones=False))
