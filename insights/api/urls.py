"""The addresses of KPIs and readings in the API."""

from django.urls import path

from insights.api import views

urlpatterns = [
    path("w/<slug:slug>/api/v1/kpis/", views.Kpis.as_view(), name="api_kpis"),
    path("w/<slug:slug>/api/v1/kpis/<int:pk>/", views.OneKpi.as_view(), name="api_kpi"),
    path("w/<slug:slug>/api/v1/kpis/<int:pk>/readings/", views.Readings.as_view(), name="api_readings"),
]
