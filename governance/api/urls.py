"""The addresses of expectations, their results, and releases in the API."""

from django.urls import path

from governance.api import views

BASE = "w/<slug:slug>/api/v1/"

urlpatterns = [
    path(f"{BASE}touchpoints/<int:pk>/releases/", views.Releases.as_view(), name="api_releases"),
    path(f"{BASE}expectations/", views.Expectations.as_view(), name="api_expectations"),
    path(f"{BASE}expectations/<int:pk>/", views.OneExpectation.as_view(), name="api_expectation"),
    path(f"{BASE}expectations/<int:pk>/results/", views.Results.as_view(), name="api_results"),
]
