"""What notifications about API keys say."""

from django.db.models import Exists, OuterRef
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orgs.models import ApiKey, Member, Notification
from orgs.registry import NotificationKind, Told


def _sees(reader: Member) -> Exists:
    """The reader's own keys, as long as they work: of one that ended or was revoked there is nothing to do."""
    working = ApiKey.objects.filter(member_id=reader.pk, revoked_at=None, expires_at__gt=Now())
    return Exists(working.filter(pk=OuterRef("thing_id")))


def _describe(held: list[Notification], reader: Member) -> dict[int, Told]:
    found = {key.pk: key for key in ApiKey.objects.filter(pk__in={one.thing_id for one in held})}
    return {one.pk: _told(found[one.thing_id], reader) for one in held if one.thing_id in found}


def _told(key: ApiKey, reader: Member) -> Told:
    day = date_format(key.expires_at.astimezone(reader.workspace.tzinfo).date(), "DATE_FORMAT")
    text = _("Your API key “%(name)s” ends on %(day)s. Make a new one and put it in its place.")
    return Told(text % {"name": key.name, "day": day}, reverse("keys", args=[reader.workspace.slug]))


ENDING = NotificationKind("key.ending", gettext_lazy("An API key of mine ends soon"), _sees, _describe, is_task=True)
