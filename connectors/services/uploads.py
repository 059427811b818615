"""Keeps an uploaded file in the database, in chunks, as it streams in."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from connectors.models import FileChunk, UploadedFile
from orgs.models import Member
from orgs.services import audit

CHUNK = 1024 * 1024
LONGEST_NAME = 255


class FileIsEmpty(Exception):
    """There is nothing in the file."""

    def __init__(self) -> None:
        super().__init__(_("The file is empty. Choose a file with a header and rows."))


class FileIsTooLarge(Exception):
    """The file is over MAX_UPLOAD_MB."""

    def __init__(self, most_mb: int) -> None:
        super().__init__(
            _("The file is larger than %(most)d MB. Compress it with gzip, or split it.") % {"most": most_mb}
        )


@transaction.atomic
def store(*, name: str, content: Any, by: Member, origin: str = "") -> UploadedFile:
    """Keep the bytes of a file object, or of any iterable of bytes; `origin` names the run that took it.

    Raises FileIsEmpty, FileIsTooLarge.
    """
    digest, size = hashlib.sha256(), 0
    file = UploadedFile.objects.create(name=plain_name(name), size_bytes=0, sha256="", uploaded_by=by)
    for position, data in enumerate(_chunks(_pieces(content))):
        size += len(data)
        if size > settings.MAX_UPLOAD_MB * 1024 * 1024:
            raise FileIsTooLarge(settings.MAX_UPLOAD_MB)
        digest.update(data)
        FileChunk.objects.create(file=file, position=position, data=data)
    if not size:
        raise FileIsEmpty
    file.size_bytes, file.sha256 = size, digest.hexdigest()
    file.save()
    after = {"name": file.name, "size_bytes": size, "sha256": file.sha256}
    audit.record("file.upload", file, by=by, after=after, origin=origin)
    return file


def digest_of(content: Iterable[bytes]) -> str:
    """Return the name of a content: its sha256, as `store` keeps it."""
    digest = hashlib.sha256()
    for piece in content:
        digest.update(piece)
    return digest.hexdigest()


def plain_name(name: str) -> str:
    """Return the name without folders and without characters that are not shown."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(character for character in last if character.isprintable()).strip()
    return shown[-LONGEST_NAME:] or _("Upload")


def _pieces(content: Any) -> Iterable[bytes]:
    """Return the content in pieces. A file object is read by size: its lines could be of any length."""
    if hasattr(content, "read"):
        return iter(lambda: content.read(CHUNK), b"")
    return content  # type: ignore[no-any-return]


def _chunks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the same bytes in chunks of one size."""
    held = bytearray()
    for piece in pieces:
        held += piece
        while len(held) >= CHUNK:
            yield bytes(held[:CHUNK])
            del held[:CHUNK]
    if held:
        yield bytes(held)
