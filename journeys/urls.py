"""The pages of journeys."""

from django.urls import path

from journeys.views import (
    journeys,
    map_details,
    maps,
    outline,
    outline_stages,
    outline_steps,
    outline_touchpoints,
    touchpoints,
)
from orgs.views import comments

urlpatterns = [
    path("w/<slug:slug>/touchpoints/", touchpoints.index, name="touchpoints"),
    path("w/<slug:slug>/touchpoints.csv", touchpoints.index_csv, name="touchpoints_csv"),
    path("w/<slug:slug>/touchpoints/<int:pk>/", touchpoints.show, name="touchpoint"),
    path(
        "w/<slug:slug>/touchpoints/<int:pk>/comments/",
        comments.index,
        {"subject_type": "touchpoint"},
        name="touchpoint_comments",
    ),
    path("w/<slug:slug>/journeys/", maps.index, name="journeys"),
    path("w/<slug:slug>/journeys.csv", maps.index_csv, name="journeys_csv"),
    path("w/<slug:slug>/journeys/new/", journeys.new, name="journey_new"),
    path("w/<slug:slug>/maps/<int:pk>/", maps.show, name="map"),
    path("w/<slug:slug>/maps/<int:pk>/details/", map_details.edit, name="map_details"),
    path("w/<slug:slug>/maps/<int:pk>/archival/", map_details.archive, name="map_archival"),
    path("w/<slug:slug>/maps/<int:pk>/restoration/", map_details.restore, name="map_restoration"),
    path("w/<slug:slug>/maps/<int:pk>/outline/", outline.show, name="map_outline"),
    path("w/<slug:slug>/maps/<int:pk>/outline/undo/", outline.undo, name="outline_undo"),
    path("w/<slug:slug>/maps/<int:pk>/stages/", outline_stages.add, name="stages"),
    path("w/<slug:slug>/stages/<int:pk>/", outline_stages.edit, name="stage"),
    path("w/<slug:slug>/stages/<int:pk>/position/", outline_stages.move, name="stage_position"),
    path("w/<slug:slug>/stages/<int:pk>/deletion/", outline_stages.delete, name="stage_deletion"),
    path("w/<slug:slug>/stages/<int:pk>/steps/", outline_steps.add, name="steps"),
    path("w/<slug:slug>/steps/<int:pk>/", outline_steps.edit, name="step"),
    path("w/<slug:slug>/steps/<int:pk>/position/", outline_steps.move, name="step_position"),
    path("w/<slug:slug>/steps/<int:pk>/deletion/", outline_steps.delete, name="step_deletion"),
    path("w/<slug:slug>/steps/<int:pk>/touchpoints/", outline_touchpoints.pick, name="step_touchpoints"),
    path("w/<slug:slug>/steps/<int:pk>/placements/", outline_touchpoints.place, name="placements"),
    path("w/<slug:slug>/placements/<int:pk>/removal/", outline_touchpoints.remove, name="placement_removal"),
    path("w/<slug:slug>/maps/<int:pk>/comments/", comments.index, {"subject_type": "map"}, name="map_comments"),
]
