"""The pages of orgs. Paths under /w/<slug>/ are opened by ScopeMiddleware."""

from django.urls import path

from orgs.views import (
    api_reference,
    comments,
    home,
    inbox,
    invitations,
    joining,
    keys,
    people,
    profile,
    saved_views,
    settings,
    threads,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("theme/", home.theme, name="theme"),
    path("w/<slug:slug>/api-reference/", api_reference.show, name="api_reference"),
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
    path("profile/", profile.edit, name="profile"),
    path("join/<str:token>/", joining.join, name="join"),
    path("w/<slug:slug>/people/", people.index, name="people"),
    path("w/<slug:slug>/people.csv", people.index_csv, name="people_csv"),
    path("w/<slug:slug>/people/<int:pk>/", people.edit, name="member"),
    path("w/<slug:slug>/people/<int:pk>/removal/", people.removal, name="member_removal"),
    path("w/<slug:slug>/invitations/", invitations.index, name="invitations"),
    path("w/<slug:slug>/invitations/link/", invitations.link, name="invitation_link"),
    path("w/<slug:slug>/invitations/list/", invitations.people_list, name="invitation_list"),
    path("w/<slug:slug>/invitations/<int:pk>/revocation/", invitations.revoke, name="invitation_revoke"),
    path("w/<slug:slug>/invitations/<int:pk>/renewal/", invitations.renew, name="invitation_renew"),
    path("w/<slug:slug>/settings/", settings.general, name="settings"),
    path("w/<slug:slug>/settings/departments/", settings.department_list, name="departments"),
    path("w/<slug:slug>/settings/departments/<int:pk>/", settings.department, name="department"),
    path(
        "w/<slug:slug>/settings/departments/<int:pk>/archiving/", settings.department_archive, name="department_archive"
    ),
]
