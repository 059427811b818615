"""The pages of insights."""

from django.urls import path

from insights.views import targets

urlpatterns = [
    path("w/<slug:slug>/kpis/<int:pk>/target/", targets.edit, name="kpi_target"),
]
