"""Lets chats in Slack and Teams hear what happened, in the transaction of the change."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models.functions import Now

from cxhub.lib import jobs
from orgs.models import Chat, ChatPost, Member
from orgs.scope import workspace_id

JOB = "orgs.tasks.post_to_chats"


def announce(
    *, kind: str, thing: models.Model, occasion: str, by: Member | None, data: Mapping[str, Any] | None
) -> None:
    """Let the chats that want this kind hear of the occasion: each once, in the transaction of the change."""
    wanting = Chat.objects.filter(off_at=None, kinds__contains=[kind])
    told = {"kind": kind, "thing_type": thing._meta.model_name, "thing_id": thing.pk, "occasion": occasion}
    posts = [ChatPost(chat=chat, due_at=Now(), by=by, data=dict(data or {}), **told) for chat in wanting]
    if posts:
        ChatPost.objects.bulk_create(posts, ignore_conflicts=True)
        jobs.wake(JOB, workspace_id=workspace_id())
