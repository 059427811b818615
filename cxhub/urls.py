"""Every address of the product. tests/architecture/test_every_url.py has a row for each."""

from django.urls import include, path

from cxhub.web import gallery, health

urlpatterns = [
    path("readyz", health.readyz, name="readyz"),
    path("components/", gallery.gallery, name="gallery"),
    path("accounts/", include("orgs.account_urls")),
    path("", include("orgs.urls")),
    path("", include("journeys.urls")),
    path("", include("insights.urls")),
    path("", include("connectors.urls")),
    path("", include("governance.urls")),
    path("", include("insights.api.urls")),
    path("", include("journeys.api.urls")),
    path("", include("governance.api.urls")),
    path("", include("orgs.api.urls")),  # the last: it answers for what is left under /api/
]
