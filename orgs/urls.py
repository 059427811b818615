"""The pages of orgs. Paths under /w/<slug>/ are opened by ScopeMiddleware."""

from django.urls import path

from orgs.views import comments, home, inbox, keys, saved_views, threads

urlpatterns = [
    path("", home.home, name="home"),
    path("theme/", home.theme, name="theme"),
    path("w/<slug:slug>/keys/", keys.index, name="keys"),
    path("w/<slug:slug>/keys/<int:pk>/revocation/", keys.revoke, name="key_revocation"),
    path("w/<slug:slug>/", home.workspace_home, name="workspace_home"),
    path("w/<slug:slug>/inbox/", inbox.index, name="inbox"),
    path("w/<slug:slug>/inbox/marks/", inbox.marks, name="inbox_marks"),
    path("w/<slug:slug>/inbox/mails/", inbox.mails, name="mail_choices"),
    path("w/<slug:slug>/inbox/<int:pk>/", inbox.show, name="notification"),
    path("w/<slug:slug>/comments/people/", comments.people_named, name="comment_people"),
    path("w/<slug:slug>/comments/<int:pk>/", comments.show, name="comment"),
    path("w/<slug:slug>/comments/<int:pk>/replies/", comments.replies, name="comment_replies"),
    path("w/<slug:slug>/comments/<int:pk>/text/", comments.text, name="comment_text"),
    path("w/<slug:slug>/comments/<int:pk>/deletion/", comments.deletion, name="comment_deletion"),
    path("w/<slug:slug>/comments/<int:pk>/resolution/", threads.resolution, name="comment_resolution"),
    path("w/<slug:slug>/comments/<int:pk>/assignment/", threads.assignment, name="comment_assignment"),
    path("w/<slug:slug>/comments/<int:pk>/completion/", threads.completion, name="comment_completion"),
    path("w/<slug:slug>/views/", saved_views.index, name="saved_views"),
    path("w/<slug:slug>/views/<int:pk>/", saved_views.change, name="saved_view"),
    path("w/<slug:slug>/views/<int:pk>/deletion/", saved_views.delete, name="saved_view_deletion"),
]
