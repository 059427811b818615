"""Keeps pictures: what people upload, without its metadata, once for each workspace."""

import hashlib

from django.utils.translation import gettext as _

from cxhub.lib import pictures
from journeys.models import Picture

MOST_MB = 2


class BadPicture(ValueError):
    """The file is no picture that can be shown."""


def keep(body: bytes) -> Picture:
    """Keep a picture, or find it again. Raises BadPicture."""
    if len(body) > MOST_MB * 1024 * 1024:
        raise BadPicture(_("Use a picture of at most %(most)d MB.") % {"most": MOST_MB})
    try:
        content_type, clean = pictures.cleaned(body)
    except pictures.NotAPicture:
        words = _("This file is no whole PNG, JPEG or WebP of at most %(most)d pixels a side.")
        raise BadPicture(words % {"most": pictures.WIDEST}) from None
    own = {"content_type": content_type, "data": clean}
    found: Picture = Picture.objects.get_or_create(sha256=hashlib.sha256(clean).hexdigest(), defaults=own)[0]
    use(found.sha256)
    return found


def use(sha256: str) -> None:
    """Keep a picture from being swept away. Its row is held until what shows it is written."""
    Picture.objects.filter(sha256=sha256).update(unused_since=None)
