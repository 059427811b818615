"""Reads an answer's header and body within limits: while it arrives, and again while it is unpacked."""

import zlib
from collections.abc import Iterator
from http.client import HTTPMessage, HTTPResponse

from django.utils.translation import gettext as _

from cxhub.lib.outbound.errors import Refused, TooLarge, Unreachable

OK = 200
PIECE = 64 * 1024
MOST_HEADER_BYTES = 64 * 1024
WINDOWS = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}


def check_header(headers: HTTPMessage) -> None:
    """Refuse a header that is too large. The standard library stops at 100 lines of 64 KiB."""
    if sum(len(name) + len(value) for name, value in headers.items()) > MOST_HEADER_BYTES:
        raise Refused(_("The answer begins with more than it may. Check that the address is that of an API."))


def body_of(response: HTTPResponse, most_bytes: int) -> bytes:
    """Return the whole body, unpacked. Raises Refused when it is larger than that, Unreachable when it breaks off."""
    coding = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    pieces = _limited(_pieces(response), most_bytes)
    if coding != "identity":
        pieces = _limited(_unpacked(pieces, coding, most_bytes), most_bytes)
    return b"".join(pieces)


def _pieces(response: HTTPResponse) -> Iterator[bytes]:
    """Yield what arrives. The standard library keeps quiet about an end that came early, even within the header."""
    has_begun = False
    while piece := response.read(PIECE):
        has_begun = True
        yield piece
    ends_with_connection = response.length is None and not response.chunked
    if response.length or (ends_with_connection and not has_begun and response.status == OK):
        raise broke_off()


def _limited(pieces: Iterator[bytes], most_bytes: int) -> Iterator[bytes]:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > most_bytes:
            megabytes = most_bytes // (1024 * 1024)
            words = _("The answer is larger than %(mb)d MiB. Ask for smaller pages.")
            raise TooLarge(words % {"mb": megabytes}, most_bytes)
        yield piece


def _unpacked(pieces: Iterator[bytes], coding: str, most_bytes: int) -> Iterator[bytes]:
    """Yield the unpacked bytes in small pieces, so that a little that unpacks to much is stopped on the way."""
    if coding not in WINDOWS:
        raise Refused(_("The answer is packed in a way that CX Hub does not read. Ask for gzip or plain answers."))
    unpack = zlib.decompressobj(WINDOWS[coding])
    try:
        for piece in pieces:
            while piece:
                yield unpack.decompress(piece, PIECE)
                piece = unpack.unconsumed_tail
    except zlib.error:
        raise broke_off() from None
    if not unpack.eof:
        raise broke_off()


def broke_off() -> Unreachable:
    return Unreachable(_("The answer broke off or arrived damaged."))
