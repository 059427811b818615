"""Who: people, workspaces, members, departments, invitations, audit entries, comments, notifications, keys."""

from orgs.models.audit import AuditEntry
from orgs.models.chats import Chat, ChatPost
from orgs.models.comments import Comment, CommentPerson
from orgs.models.contacts import Contact
from orgs.models.folding import Folded, folded_column
from orgs.models.invitations import Invitation
from orgs.models.keys import ApiKey
from orgs.models.mail_choices import Digest, MailChoice, MailTimes, Mute
from orgs.models.members import Department, Member, MemberRole
from orgs.models.notifications import Notification
from orgs.models.people import User
from orgs.models.saved_views import SavedView
from orgs.models.sendings import Sending
from orgs.models.tenancy import TenantForeignKey, TenantManager, TenantModel, TenantQuerySet
from orgs.models.versions import DataVersion
from orgs.models.workspaces import Workspace

__all__ = [
    "ApiKey",
    "AuditEntry",
    "Chat",
    "ChatPost",
    "Comment",
    "CommentPerson",
    "Contact",
    "DataVersion",
    "Department",
    "Digest",
    "Folded",
    "Invitation",
    "MailChoice",
    "MailTimes",
    "Member",
    "MemberRole",
    "Mute",
    "Notification",
    "SavedView",
    "Sending",
    "TenantForeignKey",
    "TenantManager",
    "TenantModel",
    "TenantQuerySet",
    "User",
    "Workspace",
    "folded_column",
]
