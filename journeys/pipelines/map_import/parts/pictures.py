"""Pictures of a file of a map: each checked by what is in it, and by its name, which is its hash. None is kept here."""

import base64
import binascii
import hashlib
from typing import Any

from django.utils.translation import gettext as _

from cxhub.lib import pictures as known
from journeys.pipelines.map_import.parts.values import BadPart, Path, Seen, read_object
from journeys.services import pictures as service

MOST_PICTURES = 1000


def pictures(value: Any, path: Path, seen: Seen) -> None:
    """Remember the bytes of each; they are no part of the document."""
    found = read_object(value, path) if value is not None else {}
    if len(found) > MOST_PICTURES:
        raise BadPart(path, _("There are more than %(most)d. Take some away.") % {"most": MOST_PICTURES})
    for name, held in found.items():
        seen.pictures[name] = _bytes(name, read_object(held, (*path, name)).get("data"), (*path, name))


def _bytes(name: str, data: Any, path: Path) -> bytes:
    try:
        body = base64.b64decode(data, validate=True) if isinstance(data, str) else b""
        _kind, clean = known.cleaned(body)
    except (binascii.Error, ValueError):
        raise BadPart(path, _("This is no whole PNG, JPEG or WebP in Base64. Take the file out anew.")) from None
    if len(clean) > service.MOST_MB * 1024 * 1024:
        raise BadPart(path, _("Use a picture of at most %(most)d MB.") % {"most": service.MOST_MB})
    if hashlib.sha256(clean).hexdigest() != name:
        raise BadPart(path, _("This is another picture than its name says. Take the file out anew."))
    return clean
