"""How much a request may send, how slowly, and how many at once. Plain numbers and pure functions."""

from dataclasses import dataclass

from cxhub.web.front.types import Headers

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    ordinary_bytes: int = MEBIBYTE
    upload_bytes: int = 64 * MEBIBYTE
    memory_bytes: int = 64 * 1024
    "A body up to this size stays in memory, a larger one goes to disk."
    full_uploads: int = 8
    "All bodies held at one time take at most the bytes of this many uploads of the largest size."
    bodies: int = 256
    stall_seconds: float = 20
    bytes_per_second: int = 4096
    linger_seconds: float = 3
    "A refused sender is read from for so long, else the reset of the connection overtakes the answer."
    retry_after_seconds: int = 5
    threads: int = 32
    waiting: int = 256
    "Requests in line for a thread; one more is told to come back, not served after its reader has left."
    folder: str | None = None

    @property
    def total_bytes(self) -> int:
        return self.full_uploads * self.upload_bytes

    def body_bytes(self, headers: Headers) -> int:
        return self.upload_bytes if is_upload(headers) else self.ordinary_bytes

    def patience_seconds(self, *, elapsed_seconds: float, received_bytes: int) -> float:
        """Return how long to wait for the next bytes; 0 or less when the sender is too slow as a whole.

        The whole body may take `stall_seconds` plus one second for every `bytes_per_second` received:
        after 8,192 bytes in 15 s the default leaves 20 + 2 - 15 = 7 s.
        """
        earned = self.stall_seconds + received_bytes / self.bytes_per_second
        return min(self.stall_seconds, earned - elapsed_seconds)


def is_upload(headers: Headers) -> bool:
    return header(headers, b"content-type").lower().startswith(b"multipart/form-data")


def has_body(headers: Headers) -> bool:
    return bool(header(headers, b"transfer-encoding")) or declared_bytes(headers) != 0


def declared_bytes(headers: Headers) -> int:
    """Return what Content-Length promises, 0 when absent. The server has checked that it is a number."""
    return int(header(headers, b"content-length") or 0)


def header(headers: Headers, name: bytes) -> bytes:
    return next((value for key, value in headers if key == name), b"")
