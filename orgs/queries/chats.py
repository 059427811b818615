"""What may be posted to chats, and what each post says to whoever reads there."""

from collections.abc import Sequence

from orgs.models import ChatPost, Member, MemberRole, Workspace
from orgs.registry import NOTIFICATION_KINDS, NotificationKind, Told
from orgs.roles import Role


def kinds() -> list[NotificationKind]:
    """Return the kinds that can go to chats."""
    return [kind for kind in NOTIFICATION_KINDS.values() if kind.in_chats]


def everybody(workspace: Workspace) -> Member:
    """Return a reader who is nobody in particular: what this one may read, every member may."""
    reader = Member(workspace=workspace)
    reader.held = [MemberRole(role=Role.VIEWER)]
    return reader


def told(posts: Sequence[ChatPost], workspace: Workspace) -> dict[int, Told]:
    """Return what each post says, by its id; absent where not everybody may read it, or nothing is left to say."""
    reader, said = everybody(workspace), {}
    for slug in {post.kind for post in posts}:
        kind = NOTIFICATION_KINDS.get(slug)
        if kind is None or not kind.in_chats:
            continue
        held = [post.pk for post in posts if post.kind == slug]
        rows = ChatPost.objects.filter(kind.sees(reader), pk__in=held).select_related("by__user")
        said |= kind.describe(list(rows), reader)  # type: ignore[arg-type]  a post has what words are made of
    return said
