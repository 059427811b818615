"""Knows PNG, JPEG and WebP by what is in them, and leaves out what no viewer needs: where, when and by whom it is made.

Nothing is decoded: the parts of a file are walked, the known ones kept as they are. A photo keeps the way it is turned.
"""

import struct
import zlib
from collections.abc import Iterator

WIDEST = 8192  # pixels a side
PNG, RIFF, EXIF, ICC = b"\x89PNG\r\n\x1a\n", b"RIFF", b"Exif\0\0", b"ICC_PROFILE\0"
PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs"}
WEBP_KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
WEBP_TOLD = 0x08 | 0x04  # the flags of VP8X that promise EXIF and XMP
SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # JPEG segments that say how large the picture is
ORIENTATION = 0x0112


class NotAPicture(ValueError):
    """The file is no whole PNG, JPEG or WebP, or larger than any screen."""


def cleaned(body: bytes) -> tuple[str, bytes]:
    """Return the content type and the picture without its metadata. Raises NotAPicture."""
    try:
        if body.startswith(PNG):
            return "image/png", _png(body)
        if body.startswith(b"\xff\xd8\xff"):
            return "image/jpeg", _jpeg(body)
        if body.startswith(RIFF) and body[8:12] == b"WEBP":
            return "image/webp", _webp(body)
    except (struct.error, IndexError) as broken:
        raise NotAPicture from broken
    raise NotAPicture


def _check(width: int, height: int) -> None:
    if not (0 < width <= WIDEST and 0 < height <= WIDEST):
        raise NotAPicture


def _png(body: bytes) -> bytes:
    kept, at = [PNG], len(PNG)
    names: list[bytes] = []
    while not names or names[-1] != b"IEND":
        (size,), name = struct.unpack_from(">I", body, at), body[at + 4 : at + 8]
        whole = body[at : at + 12 + size]
        if len(whole) != 12 + size or zlib.crc32(whole[4:-4]) != struct.unpack(">I", whole[-4:])[0]:
            raise NotAPicture
        if not names:
            _check(*struct.unpack_from(">II", whole, 8))
        names.append(name)
        kept += [whole] if name in PNG_KEPT else []
        at += 12 + size
    if names[0] != b"IHDR" or b"IDAT" not in names:
        raise NotAPicture
    return b"".join(kept)


def _jpeg(body: bytes) -> bytes:
    kept, at, seen = [body[:2]], 2, set()
    while True:
        if body[at] != 0xFF:
            raise NotAPicture
        marker = body[at + 1]
        if marker == 0xFF:  # padding before a marker
            at += 1
            continue
        if marker == 0xD9:
            break
        (size,) = struct.unpack_from(">H", body, at + 2)
        end = at + 2 + size
        if size < 2 or end > len(body):
            raise NotAPicture
        kept.append(_segment(marker, body[at:end]))
        seen.add(marker)
        if marker in SIZES:
            height, width = struct.unpack_from(">HH", body, at + 5)
            _check(width, height)
        at = end
        if marker == 0xDA:
            at = _after_scan(body, at)
            kept.append(body[end:at])
    if not (seen & SIZES and 0xDA in seen):
        raise NotAPicture
    return b"".join(kept) + b"\xff\xd9"


def _segment(marker: int, whole: bytes) -> bytes:
    """A segment as it is kept: tables, sizes and colours whole, of Exif only how the picture is turned."""
    told = whole[4:]
    if marker == 0xE1 and told.startswith(EXIF):
        turned = _orientation(told[len(EXIF) :])
        return _turned(turned) if turned else b""
    is_kept = not (0xE0 <= marker <= 0xEF or marker == 0xFE)
    return whole if is_kept or marker in {0xE0, 0xEE} or (marker == 0xE2 and told.startswith(ICC)) else b""


def _after_scan(body: bytes, at: int) -> int:
    """Where the next marker after the coded picture stands; stuffed bytes and restarts belong to it."""
    while True:
        at = body.find(b"\xff", at)
        if at < 0:
            raise NotAPicture
        if body[at + 1] != 0 and not 0xD0 <= body[at + 1] <= 0xD7:
            return at
        at += 2


def _orientation(tiff: bytes) -> int:
    """How a photo is turned, 2 to 8; 0 for not at all, or where nothing sensible is said."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4) if order else (0,)
        (count,) = struct.unpack_from(f"{order}H", tiff, first) if first else (0,)
        for place in range(first + 2, first + 2 + 12 * count, 12):
            tag, _kind, _count, value = struct.unpack_from(f"{order}HHIH", tiff, place)
            if tag == ORIENTATION:
                return int(value) if 2 <= value <= 8 else 0
    except struct.error:
        return 0
    return 0


def _turned(value: int) -> bytes:
    tiff = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, ORIENTATION, 3, 1, value, 0, 0)
    return struct.pack(">BBH", 0xFF, 0xE1, 2 + len(EXIF) + len(tiff)) + EXIF + tiff


def _webp(body: bytes) -> bytes:
    kept, first = [], True
    for name, told in _webp_chunks(body):
        if first:
            _check(*_webp_size(name, told))
        first = False
        if name == b"VP8X":
            told = bytes([told[0] & ~WEBP_TOLD]) + told[1:]
        if name in WEBP_KEPT:
            kept.append(name + struct.pack("<I", len(told)) + told + b"\0" * (len(told) % 2))
    if not any(each[:4] in {b"VP8 ", b"VP8L", b"ANMF"} for each in kept):
        raise NotAPicture
    inner = b"WEBP" + b"".join(kept)
    return RIFF + struct.pack("<I", len(inner)) + inner


def _webp_chunks(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    end, at = 8 + struct.unpack_from("<I", body, 4)[0], 12
    if end > len(body) + 1:  # a last byte of padding may be missing
        raise NotAPicture
    while at + 8 <= end:
        name, (size,) = body[at : at + 4], struct.unpack_from("<I", body, at + 4)
        told = body[at + 8 : at + 8 + size]
        if len(told) != size or at + 8 + size > end:
            raise NotAPicture
        yield name, told
        at += 8 + size + size % 2


def _webp_size(name: bytes, told: bytes) -> tuple[int, int]:
    if name == b"VP8X":
        return 1 + int.from_bytes(told[4:7], "little"), 1 + int.from_bytes(told[7:10], "little")
    if name == b"VP8L" and told[0] == 0x2F:
        bits = int.from_bytes(told[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if name == b"VP8 " and told[3:6] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", told, 6)
        return width & 0x3FFF, height & 0x3FFF
    raise NotAPicture
