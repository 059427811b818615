"""Pictures are known by what is in them and lose what tells of their maker; what is no picture is refused."""

import struct
import zlib

import pytest

from cxhub.lib.pictures import NotAPicture, cleaned

SECRET = b"GPS 52.52 13.40"


def chunk(name, told):
    return struct.pack(">I", len(told)) + name + told + struct.pack(">I", zlib.crc32(name + told))


def png(*more, width=1, height=1):
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def segment(marker, told):
    return struct.pack(">BBH", 0xFF, marker, len(told) + 2) + told


def exif(orientation, order=">"):
    name = b"MM" if order == ">" else b"II"
    tags = [struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0), struct.pack(f"{order}HHII", 0x8825, 4, 1, 99)]
    return b"Exif\0\0" + name + struct.pack(f"{order}HIH", 42, 8, 2) + b"".join(tags) + SECRET


def jpeg(*more, end=b"\xff\xd9"):
    size = segment(0xC0, struct.pack(">BHHB", 8, 1, 1, 1) + b"\x01\x11\x00")
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
    return b"\xff\xd8" + segment(0xE0, b"JFIF\0") + b"".join(more) + size + scan + end


def riff(*chunks):
    inner = b"WEBP" + b"".join(n + struct.pack("<I", len(t)) + t + b"\0" * (len(t) % 2) for n, t in chunks)
    return b"RIFF" + struct.pack("<I", len(inner)) + inner


LOSSLESS = (b"VP8L", b"\x2f\0\0\0\0abc")


def test_a_clean_picture_stays_as_it_is():
    for kind, body in (("png", png()), ("jpeg", jpeg()), ("webp", riff(LOSSLESS))):
        assert cleaned(body) == (f"image/{kind}", body)


def test_what_tells_of_its_maker_goes():
    colours = chunk(b"gAMA", b"\0\0\xb1\x8f")
    assert cleaned(png(colours, chunk(b"tEXt", SECRET), chunk(b"eXIf", SECRET)))[1] == png(colours)
    profile = segment(0xE2, b"ICC_PROFILE\0\1\1")
    told = [segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET), segment(0xFE, SECRET), segment(0xED, SECRET)]
    assert cleaned(jpeg(profile, *told))[1] == jpeg(profile)
    flags = (b"VP8X", b"\x1c" + bytes(9))
    clean = cleaned(riff(flags, LOSSLESS, (b"EXIF", SECRET), (b"XMP ", SECRET)))[1]
    assert clean == riff((b"VP8X", b"\x10" + bytes(9)), LOSSLESS)


def test_what_is_hidden_behind_the_end_goes():
    for body in (png(), jpeg(), riff(LOSSLESS)):
        assert cleaned(body + b"<script>" + SECRET)[1] == body


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_photo_keeps_only_how_it_is_turned(order):
    clean = cleaned(jpeg(segment(0xE1, exif(6, order))))[1]
    assert SECRET not in clean
    assert cleaned(clean)[1] == clean
    assert clean.count(b"Exif\0\0MM") == 1
    assert cleaned(jpeg(segment(0xE1, exif(1, order))))[1] == jpeg()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a" + bytes(40),
        png()[:-6],
        png().replace(b"IDAT", b"IDAX"),
        png(width=9000),
        png(height=0),
        b"\x89PNG\r\n\x1a\n",
        jpeg(end=b""),
        jpeg()[:12],
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8\xff\xe0\0\0",
        riff(LOSSLESS)[:-3],
        riff((b"EXIF", SECRET)),
        riff((b"VP8L", b"nope" + bytes(4))),
        b"RIFF\xff\xff\xff\xffWEBP",
    ],
)
def test_what_is_no_whole_picture_is_refused(body):
    with pytest.raises(NotAPicture):
        cleaned(body)
