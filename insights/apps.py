"""Plugs KPIs into the pages of journeys, their owners and calendar into orgs; says what is told of disputes."""

from django.apps import AppConfig

from journeys.registry import LANES, MAP_PANELS, ON_MERGE, TOUCHPOINT_COLUMNS, TOUCHPOINT_PANELS
from orgs.registry import CALENDAR_CHANGED, HOLDINGS, commentable, notification_kind


class InsightsConfig(AppConfig):
    name = "insights"

    def ready(self) -> None:
        # Models are not loaded before ready().
        from insights import holdings, lanes  # noqa: PLC0415
        from insights.panels import talk, touchpoint_columns, touchpoint_kpis, touchpoint_score  # noqa: PLC0415
        from insights.pipelines import recalendar  # noqa: PLC0415
        from insights.services import merging  # noqa: PLC0415

        commentable(talk.KPIS)
        for kind in talk.NOTIFICATIONS:
            notification_kind(kind)
        LANES.append(lanes.LANE)
        ON_MERGE.append(merging.STEP)
        MAP_PANELS.append(lanes.PERIOD)
        TOUCHPOINT_COLUMNS.append(touchpoint_columns.COLUMNS)
        TOUCHPOINT_PANELS.append(touchpoint_kpis.PANEL)
        TOUCHPOINT_PANELS.append(touchpoint_score.PANEL)
        HOLDINGS.append(holdings.HOLDING)
        CALENDAR_CHANGED.append(recalendar.follow)
