"""A file is kept as it came, in chunks, whoever wrote it and however it arrives."""

import hashlib
import io

import pytest

from connectors.models import FileChunk, UploadedFile
from connectors.services import uploads
from orgs.models import AuditEntry
from tests.connectors.desk import in_pieces


def stored(file):
    return b"".join(bytes(data) for data in FileChunk.objects.filter(file=file).values_list("data", flat=True))


@pytest.mark.parametrize("wrap", [io.BytesIO, lambda data: in_pieces(data, 999), lambda data: [data]])
def test_the_bytes_are_kept_in_chunks_with_size_and_sum(inside, wrap):
    data = b"0123456789" * 250_000
    file = uploads.store(name="answers.csv", content=wrap(data), by=inside.ivo)
    assert stored(file) == data
    assert file.chunks.count() == 3
    assert (file.size_bytes, file.sha256) == (len(data), hashlib.sha256(data).hexdigest())


def test_it_is_written_down_who_uploaded_what(inside):
    file = uploads.store(name="answers.csv", content=[b"a,b"], by=inside.ivo)
    entry = AuditEntry.objects.get(action="file.upload")
    assert (entry.actor, entry.subject_id, entry.after["size_bytes"]) == (inside.ivo, file.pk, 3)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("C:\\Users\\Ivo\\answers.csv", "answers.csv"),
        ("../../etc/passwd", "passwd"),
        ("x" * 400 + ".csv", "x" * 251 + ".csv"),
        ("a\r\nb\0.csv", "ab.csv"),
        ("", "Upload"),
    ],
)
def test_only_the_plain_name_is_kept(name, kept):
    assert uploads.plain_name(name) == kept


def test_an_empty_file_is_refused_and_leaves_nothing(inside):
    with pytest.raises(uploads.FileIsEmpty, match="The file is empty"):
        uploads.store(name="empty.csv", content=[b""], by=inside.ivo)
    assert not UploadedFile.objects.exists()


def test_a_file_over_the_limit_is_refused_and_leaves_nothing(inside, settings):
    settings.MAX_UPLOAD_MB = 2
    endless = iter(lambda: b"x" * 100_000, None)
    with pytest.raises(uploads.FileIsTooLarge, match="larger than 2 MB"):
        uploads.store(name="big.csv", content=endless, by=inside.ivo)
    assert not FileChunk.objects.exists()


def test_another_company_does_not_see_it(inside):
    file = uploads.store(name="answers.csv", content=[b"a,b"], by=inside.ivo)
    with inside.inside_umbra():
        assert not UploadedFile.objects.filter(pk=file.pk).exists()
        assert not FileChunk.objects.filter(file_id=file.pk).exists()
