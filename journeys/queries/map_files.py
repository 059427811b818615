"""What a file of a map holds beside its document: the bytes of the pictures that it shows.

A version is named by the hash of its document alone: pictures are named by their own, and stand beside it in files.
"""

import base64
from typing import Any

from django.db.models import Sum
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from journeys.models import Picture
from journeys.queries import documents

MOST_MB = 24  # of pictures in a file


class TooManyPictures(ValueError):
    """The pictures of a map are more than a file may hold."""

    def __init__(self, megabytes: int) -> None:
        words = _(
            "The pictures of this map are %(n)d MB; a file holds at most %(most)d MB. Put smaller ones in their places,"
            " or take the file without pictures."
        )
        super().__init__(words % {"n": megabytes, "most": MOST_MB})


def whole(told: dict[str, Any]) -> dict[str, Any]:
    """Return a document with its pictures, as it is put into a file; as it is where it shows none.

    Two queries. Raises TooManyPictures.
    """
    rows = Picture.objects.filter(sha256__in=documents.pictures(told))
    size = rows.aggregate(size=Sum(Length("data")))["size"] or 0
    if size > MOST_MB * 1024 * 1024:
        raise TooManyPictures(-(-size // 1024**2))
    held = {
        row.sha256: {"type": row.content_type, "data": base64.b64encode(row.data).decode()}
        for row in rows.order_by("sha256")
    }
    return {**told, "pictures": held} if held else told
