"""The pages of orgs. Paths under /w/<slug>/ are opened by ScopeMiddleware."""

from django.urls import path

from orgs.views import home, keys

urlpatterns = [
    path("", home.home, name="home"),
    path("theme/", home.theme, name="theme"),
    path("w/<slug:slug>/keys/", keys.index, name="keys"),
    path("w/<slug:slug>/keys/<int:pk>/revocation/", keys.revoke, name="key_revocation"),
    path("w/<slug:slug>/", home.workspace_home, name="workspace_home"),
]
