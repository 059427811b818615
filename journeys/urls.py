"""The pages of journeys."""

from django.urls import path

from journeys.views import maps, touchpoints

urlpatterns = [
    path("w/<slug:slug>/touchpoints/", touchpoints.index, name="touchpoints"),
    path("w/<slug:slug>/touchpoints.csv", touchpoints.index_csv, name="touchpoints_csv"),
    path("w/<slug:slug>/touchpoints/<int:pk>/", touchpoints.show, name="touchpoint"),
    path("w/<slug:slug>/journeys/", maps.index, name="journeys"),
    path("w/<slug:slug>/maps/<int:pk>/", maps.show, name="map"),
]
