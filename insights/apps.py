"""Plugs KPIs into the pages of journeys, their owners and calendar into orgs; says what is told of disputes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from insights.registry import OVERVIEW
from journeys.registry import (
    CHANNEL_NUMBERS,
    HISTORY_WORDS,
    IMPACT_PANELS,
    JOURNEYS_LINKS,
    LANES,
    MAP_COLUMNS,
    MAP_PANELS,
    ON_MERGE,
    SCORES,
    TOUCHPOINT_COLUMNS,
    TOUCHPOINT_DRAWER,
    TOUCHPOINT_PANELS,
    PageLink,
)
from orgs.registry import (
    ACTIONS,
    CALENDAR_CHANGED,
    COUNTS,
    HOLDINGS,
    HOME,
    LISTS,
    NAVIGATION,
    PAGES,
    SEARCH,
    SETTINGS_PAGES,
    NavItem,
    SavedList,
    SettingsPage,
    commentable,
    notification_kind,
)
from orgs.roles import Role


class InsightsConfig(AppConfig):
    name = "insights"

    def ready(self) -> None:
        # Models are not loaded before ready().
        from insights import holdings, home, lanes, scores  # noqa: PLC0415
        from insights.panels import (  # noqa: PLC0415
            belief,
            channel_numbers,
            impact,
            map_health,
            overview,
            pulse,
            searched,
            status_update,
            talk,
            told_updates,
            touchpoint_columns,
            touchpoint_drawer,
            touchpoint_kpis,
            touchpoint_score,
        )
        from insights.pipelines import recalendar  # noqa: PLC0415
        from insights.queries import counts  # noqa: PLC0415
        from insights.services import merging, merging_updates  # noqa: PLC0415

        COUNTS.append(counts.counted)
        commentable(talk.KPIS)
        for kind in (*talk.NOTIFICATIONS, *told_updates.KINDS, pulse.OPENED):
            notification_kind(kind)
        JOURNEYS_LINKS.append(PageLink(_("Compare journeys"), "comparison", "grid-3x3"))
        LANES.append(lanes.LANE)
        SCORES.append(scores.scores)
        IMPACT_PANELS.append(impact.PANEL)
        CHANNEL_NUMBERS.append(channel_numbers.load)
        ON_MERGE.append(merging.STEP)
        ON_MERGE.append(merging_updates.STEP)
        MAP_COLUMNS.insert(0, map_health.COLUMN)  # whatever others say of a map, its health stands first
        MAP_PANELS.append(map_health.ON_MAPS)
        MAP_PANELS.append(lanes.PERIOD)
        MAP_PANELS.append(status_update.ON_MAPS)
        TOUCHPOINT_COLUMNS.append(touchpoint_columns.COLUMNS)
        TOUCHPOINT_PANELS.append(touchpoint_kpis.PANEL)
        TOUCHPOINT_DRAWER.append(touchpoint_drawer.PANEL)
        TOUCHPOINT_PANELS.append(touchpoint_score.PANEL)
        TOUCHPOINT_PANELS.append(belief.ON_TOUCHPOINTS)
        TOUCHPOINT_PANELS.append(status_update.ON_TOUCHPOINTS)
        HISTORY_WORDS["touchpoint.status_update"] = _("%(who)s wrote a status update: %(sentence)s")
        HISTORY_WORDS["touchpoint.ask_for_update"] = _("%(who)s asked for an update by %(due_on)s")
        OVERVIEW.extend(overview.PANELS)
        LISTS["overview"] = SavedList(_("Overview"), "overview")
        LISTS["comparison"] = SavedList(_("Compare journeys"), "comparison")
        LISTS["journey_health"] = SavedList(_("Health of a journey"), "journey_health", record="journey")
        NAVIGATION.append(
            NavItem(_("Overview"), "overview", "gauge", 15, keys="g o", first_for=frozenset({Role.EXECUTIVE.value}))
        )
        HOME.extend(home.PANELS)
        HOME.append(pulse.HOME)
        SETTINGS_PAGES.append(SettingsPage(_("Pulse"), "pulse_settings", 70))
        SEARCH.append(searched.KPIS)
        PAGES.extend(searched.PAGES)
        ACTIONS.append(searched.ASK)
        HOLDINGS.append(holdings.HOLDING)
        CALENDAR_CHANGED.append(recalendar.follow)
