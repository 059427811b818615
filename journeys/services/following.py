"""What follows when one record is merged into another, of what this app and those below keep about it."""

from datetime import datetime
from typing import Any

from django.utils.translation import ngettext

from journeys.registry import MergeStep
from orgs.models import Member
from orgs.services import comments


def preview(stays: Any, goes: Any) -> list[str]:
    """Say that the comments follow."""
    count = comments.public_threads(goes._meta.model_name, goes.pk)
    text = ngettext("%(n)d thread of comments follows.", "%(n)d threads of comments follow.", count)
    return [text % {"n": count}] if count else []


def move(*, stays: Any, goes: Any, by: Member, now: datetime) -> dict[str, Any]:
    """Give the comments of `goes` to `stays`; links to them lead there."""
    comments.move(subject_type=goes._meta.model_name, from_id=goes.pk, to_id=stays.pk)
    return {}


COMMENTS = MergeStep("comments", preview, move, of=("touchpoint", "finding"))
