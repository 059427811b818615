"""Brings an uploaded file out of the database piece by piece."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from connectors.base import SetupProblem
from connectors.models import FileChunk, UploadedFile
from orgs.scope import scope

PIECE = 16 * 1024
"""Small, since gzip makes up to a thousand times as much of it, and progress is noted between pieces."""


def pieces(file: UploadedFile, on_read: Callable[[int], None]) -> Iterator[bytes]:
    """Yield the bytes of the file in order, one short transaction per chunk; tell `on_read` how many have gone out.

    Raises SetupProblem when the file is not whole.
    """
    total = position = 0
    while (chunk := _chunk(file, position)) is not None:
        for start in range(0, len(chunk), PIECE):
            piece = chunk[start : start + PIECE]
            total += len(piece)
            yield piece
            on_read(total)
        position += 1
    if total != file.size_bytes:
        raise SetupProblem(_("The stored file is not complete. Upload it again."))


def _chunk(file: UploadedFile, position: int) -> bytes | None:
    with scope(file.workspace_id):
        found = FileChunk.objects.filter(file_id=file.pk, position=position).values_list("data", flat=True).first()
        return None if found is None else bytes(found)
