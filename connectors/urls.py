"""The pages of connectors."""

from django.urls import path

from connectors.views import connections, hooks, http_json, push, refreshing, runs, set_up, supplies, uploads

urlpatterns = [
    path("w/<slug:slug>/connections/", connections.index, name="connections"),
    path("w/<slug:slug>/connections/new/", set_up.kinds, name="connection_new"),
    path("w/<slug:slug>/connections/new/<slug:kind>/", set_up.new, name="connection_of"),
    path("w/<slug:slug>/feeds/<int:pk>/settings/", set_up.edit, name="feed_settings"),
    path("w/<slug:slug>/connections/http-json/new/", http_json.new, name="http_json_new"),
    path("w/<slug:slug>/connections/http-json/<int:pk>/", http_json.edit, name="http_json"),
    path("w/<slug:slug>/connections/push/new/", push.new, name="push_new"),
    path("w/<slug:slug>/connections/push/<int:pk>/", push.show, name="push"),
    path("w/<slug:slug>/connections/push/<int:pk>/settings/", push.settings, name="push_settings"),
    path("w/<slug:slug>/connections/push/<int:pk>/secrets/", push.change_secret, name="push_secrets"),
    path("w/<slug:slug>/connections/push/<int:pk>/secrets/retirement/", push.retire_secret, name="push_retirement"),
    path("hooks/<str:token>/", hooks.receive, name="hook"),
    path("w/<slug:slug>/feeds/<int:pk>/runs/", refreshing.run, name="feed_run"),
    path("w/<slug:slug>/feeds/<int:pk>/pause/", refreshing.pause, name="feed_pause"),
    path("w/<slug:slug>/feeds/<int:pk>/resumption/", refreshing.resume, name="feed_resume"),
    path("w/<slug:slug>/connections/folders/new/", supplies.folder_new, name="folder_new"),
    path("w/<slug:slug>/connections/addresses/new/", supplies.address_new, name="address_new"),
    path("w/<slug:slug>/feeds/<int:pk>/supply/", supplies.show, name="supply"),
    path("w/<slug:slug>/feeds/<int:pk>/supply/settings/", supplies.settings, name="supply_settings"),
    path("w/<slug:slug>/feeds/<int:pk>/supply/look/", supplies.look, name="supply_look"),
    path("w/<slug:slug>/feeds/<int:pk>/supply/again/", supplies.again, name="supply_again"),
    path("w/<slug:slug>/uploads/new/", uploads.new, name="upload_new"),
    path("w/<slug:slug>/uploads/<int:pk>/", uploads.show, name="upload"),
    path("w/<slug:slug>/runs/<int:pk>/", runs.show, name="run"),
    path("w/<slug:slug>/runs/<int:pk>/cancellation/", runs.cancel, name="run_cancel"),
    path("w/<slug:slug>/runs/<int:pk>/rejected-rows/", runs.rejected, name="rejected_rows"),
    path("w/<slug:slug>/runs/<int:pk>/rejected-rows.csv", runs.rejected_csv, name="rejected_rows_csv"),
]
