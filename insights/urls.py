"""The pages of insights."""

from django.urls import path

from insights.views import targets, trust
from orgs.views import comments

urlpatterns = [
    path("w/<slug:slug>/kpis/<int:pk>/comments/", comments.index, {"subject_type": "kpi"}, name="kpi_comments"),
    path("w/<slug:slug>/kpis/<int:pk>/target/", targets.edit, name="kpi_target"),
    path("w/<slug:slug>/kpis/<int:pk>/owner/", trust.owner, name="kpi_owner"),
    path("w/<slug:slug>/kpis/<int:pk>/certification/", trust.certification, name="kpi_certification"),
    path("w/<slug:slug>/kpis/<int:pk>/disputes/", trust.disputes, name="kpi_disputes"),
    path("w/<slug:slug>/disputes/<int:pk>/replies/", trust.replies, name="dispute_replies"),
    path("w/<slug:slug>/disputes/<int:pk>/outcome/", trust.outcome, name="dispute_outcome"),
]
