"""The addresses of touchpoints in the API."""

from django.urls import path

from journeys.api import views

BASE = "w/<slug:slug>/api/v1/touchpoints/"

urlpatterns = [
    path(BASE, views.Touchpoints.as_view(), name="api_touchpoints"),
    path(f"{BASE}<int:pk>/", views.OneTouchpoint.as_view(), name="api_touchpoint"),
    path(f"{BASE}<int:pk>/archival/", views.Archival.as_view(), name="api_touchpoint_archival"),
    path(f"{BASE}<int:pk>/restoration/", views.Restoration.as_view(), name="api_touchpoint_restoration"),
    path(f"{BASE}<int:pk>/history/", views.History.as_view(), name="api_touchpoint_history"),
]
