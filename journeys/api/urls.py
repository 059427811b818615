"""The addresses of touchpoints and findings in the API."""

from django.urls import path

from journeys.api import findings, views

BASE = "w/<slug:slug>/api/v1/touchpoints/"
FINDINGS = "w/<slug:slug>/api/v1/findings/"

urlpatterns = [
    path(BASE, views.Touchpoints.as_view(), name="api_touchpoints"),
    path(f"{BASE}<int:pk>/", views.OneTouchpoint.as_view(), name="api_touchpoint"),
    path(f"{BASE}<int:pk>/archival/", views.Archival.as_view(), name="api_touchpoint_archival"),
    path(f"{BASE}<int:pk>/restoration/", views.Restoration.as_view(), name="api_touchpoint_restoration"),
    path(f"{BASE}<int:pk>/history/", views.History.as_view(), name="api_touchpoint_history"),
    path(FINDINGS, findings.Findings.as_view(), name="api_findings"),
    path(f"{FINDINGS}<int:pk>/", findings.OneFinding.as_view(), name="api_finding"),
    path(f"{FINDINGS}<int:pk>/archival/", findings.Archival.as_view(), name="api_finding_archival"),
    path(f"{FINDINGS}<int:pk>/restoration/", findings.Restoration.as_view(), name="api_finding_restoration"),
    path(f"{FINDINGS}<int:pk>/history/", findings.History.as_view(), name="api_finding_history"),
]
