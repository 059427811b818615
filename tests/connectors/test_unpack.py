"""Packed files are unpacked as they stream, and refused when they are damaged or far too large."""

import gzip
import zlib

import pytest

from connectors.base import SetupProblem
from connectors.systems.file import unpack
from tests.connectors.desk import in_pieces

TEXT = b"touchpoint,score\n" + b"Check-in,4\n" * 5000


def joined(data, size=1000):
    return b"".join(unpack.unpacked(in_pieces(data, size)))


@pytest.mark.parametrize(
    "packed",
    [
        gzip.compress(TEXT, mtime=0),
        gzip.compress(TEXT[:100], mtime=0) + gzip.compress(TEXT[100:], mtime=0),
        gzip.compress(TEXT, mtime=0) + b"\0" * 700,
    ],
)
def test_gzip_in_one_or_more_members_with_padding_is_unpacked(packed):
    assert joined(packed) == joined(packed, 1) == TEXT


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (gzip.compress(TEXT, mtime=0)[:-9], "too early"),
        (gzip.compress(TEXT, mtime=0)[:-4] + b"abcd", "damaged"),
        (gzip.compress(TEXT, mtime=0) + b"more", "damaged"),
        (b"PK\x03\x04 a workbook", "Save the table as CSV"),
        (b"%PDF-1.7", "Save the table as CSV"),
    ],
)
def test_damaged_and_foreign_files_are_explained(data, says):
    with pytest.raises(SetupProblem, match=says):
        joined(data)


def test_a_gzip_bomb_is_stopped_before_it_unpacks():
    machine = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(machine.compress(b"\n" * 2**20) for _ in range(200)) + machine.flush()
    sizes = []
    with pytest.raises(SetupProblem, match="far more than a table"):
        sizes.extend(len(piece) for piece in unpack.unpacked(in_pieces(bomb, 1000)))
    assert sum(sizes) < 2 * unpack.RATIO_FROM
    assert max(sizes) <= unpack.PIECE


def test_a_plain_file_that_is_endless_is_stopped_at_the_cap(monkeypatch):
    monkeypatch.setattr(unpack, "MOST_UNPACKED", 10_000)
    with pytest.raises(SetupProblem, match="Split it"):
        joined(b"a,b\n" * 10_000)
