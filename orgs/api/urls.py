"""The document of the API, and what answers where nothing is. Included last: it takes every address that is left."""

from django.urls import path

from orgs.api import schema, views

urlpatterns = [
    path("w/<slug:slug>/api/v1/schema/", schema.Schema.as_view(), name="api_schema"),
    path("w/<slug:slug>/api/<path:rest>", views.Nothing.as_view(), name="api_nothing"),
]
