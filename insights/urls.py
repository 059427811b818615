"""The pages of insights."""

from django.urls import path

from insights.views import (
    actions,
    belief,
    comparison,
    definitions,
    headlines,
    journey_health,
    kpi_page,
    kpi_readings,
    off_target,
    official,
    overview,
    pulse,
    requests,
    targets,
    trust,
    updates,
)
from orgs.views import comments

urlpatterns = [
    path("w/<slug:slug>/kpis/<int:pk>/", kpi_page.show, name="kpi"),
    path("w/<slug:slug>/kpis/<int:pk>/comments/", comments.index, {"subject_type": "kpi"}, name="kpi_comments"),
    path("w/<slug:slug>/kpis/<int:pk>/readings.csv", kpi_page.readings_csv, name="kpi_csv"),
    path("w/<slug:slug>/kpis/<int:pk>/chart.svg", kpi_page.chart_svg, name="kpi_svg"),
    path("w/<slug:slug>/kpis/<int:pk>/chart.png", kpi_page.chart_png, name="kpi_png"),
    path("w/<slug:slug>/kpis/<int:pk>/readings/", kpi_readings.index, name="kpi_readings"),
    path("w/<slug:slug>/kpis/<int:pk>/official/", official.edit, name="kpi_official"),
    path("w/<slug:slug>/kpis/<int:pk>/definition/", definitions.edit, name="kpi_definition"),
    path("w/<slug:slug>/kpis/<int:pk>/target/", targets.edit, name="kpi_target"),
    path("w/<slug:slug>/kpis/<int:pk>/owner/", trust.owner, name="kpi_owner"),
    path("w/<slug:slug>/kpis/<int:pk>/certification/", trust.certification, name="kpi_certification"),
    path("w/<slug:slug>/kpis/<int:pk>/disputes/", trust.disputes, name="kpi_disputes"),
    path("w/<slug:slug>/disputes/<int:pk>/replies/", trust.replies, name="dispute_replies"),
    path("w/<slug:slug>/disputes/<int:pk>/outcome/", trust.outcome, name="dispute_outcome"),
    path("w/<slug:slug>/kpis/<int:pk>/updates/", updates.index, {"about": "kpi"}, name="kpi_updates"),
    path("w/<slug:slug>/kpis/<int:pk>/update-requests/", requests.ask, {"about": "kpi"}, name="kpi_update_requests"),
    path(
        "w/<slug:slug>/touchpoints/<int:pk>/updates/", updates.index, {"about": "touchpoint"}, name="touchpoint_updates"
    ),
    path(
        "w/<slug:slug>/touchpoints/<int:pk>/update-requests/",
        requests.ask,
        {"about": "touchpoint"},
        name="touchpoint_update_requests",
    ),
    path("w/<slug:slug>/maps/<int:pk>/updates/", updates.index, {"about": "map"}, name="map_updates"),
    path("w/<slug:slug>/maps/<int:pk>/update-requests/", requests.ask, {"about": "map"}, name="map_update_requests"),
    path("w/<slug:slug>/update-requests/", requests.index, name="update_requests"),
    path("w/<slug:slug>/update-requests.csv", requests.index_csv, name="update_requests_csv"),
    path("w/<slug:slug>/update-requests/<int:pk>/refusal/", requests.refusal, name="update_request_refusal"),
    path("w/<slug:slug>/update-requests/<int:pk>/withdrawal/", requests.withdrawal, name="update_request_withdrawal"),
    path("w/<slug:slug>/kpis/<int:pk>/actions/", actions.index, {"about": "kpi"}, name="kpi_actions"),
    path(
        "w/<slug:slug>/touchpoints/<int:pk>/actions/", actions.index, {"about": "touchpoint"}, name="touchpoint_actions"
    ),
    path("w/<slug:slug>/maps/<int:pk>/actions/", actions.index, {"about": "map"}, name="map_actions"),
    path("w/<slug:slug>/overview/", overview.index, name="overview"),
    path("w/<slug:slug>/overview/seen/", overview.seen, name="overview_seen"),
    path("w/<slug:slug>/overview/headlines/", headlines.edit, name="headlines"),
    path("w/<slug:slug>/journeys/<int:pk>/health/", journey_health.show, name="journey_health"),
    path("w/<slug:slug>/journeys/compare/", comparison.index, name="comparison"),
    path("w/<slug:slug>/journeys/compare.csv", comparison.index_csv, name="comparison_csv"),
    path("w/<slug:slug>/pulse/", pulse.show, name="pulse"),
    path("w/<slug:slug>/settings/pulse/", pulse.settings, name="pulse_settings"),
    path("w/<slug:slug>/belief/", belief.index, name="belief"),
    path("w/<slug:slug>/belief.csv", belief.index_csv, name="belief_csv"),
    path("w/<slug:slug>/off-target/", off_target.index, name="off_target"),
    path("w/<slug:slug>/off-target.csv", off_target.index_csv, name="off_target_csv"),
]
