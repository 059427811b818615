"""The limits, worked by hand."""

import pytest

from cxhub.web.front.limits import Limits, has_body


@pytest.mark.parametrize(
    ("elapsed", "received", "seconds"),
    [
        (0, 0, 20),  # At the start: the stall limit.
        (15, 8192, 7),  # 20 + 8192 / 4096 - 15.
        (15, 4096 * 1000, 20),  # Fast enough as a whole: the stall limit again.
        (30, 4096, -9),  # 20 + 1 - 30: too slow.
    ],
)
def test_patience_is_earned_by_bytes(elapsed, received, seconds):
    assert Limits().patience_seconds(elapsed_seconds=elapsed, received_bytes=received) == seconds


@pytest.mark.parametrize(
    ("headers", "size"),
    [
        ([], 1024**2),
        ([(b"content-type", b"application/json")], 1024**2),
        ([(b"content-type", b"Multipart/Form-Data; boundary=x")], 5),
    ],
)
def test_uploads_have_a_limit_of_their_own(headers, size):
    assert Limits(upload_bytes=5).body_bytes(headers) == size


@pytest.mark.parametrize(
    ("headers", "answer"),
    [
        ([], False),
        ([(b"content-length", b"0")], False),
        ([(b"content-length", b"1")], True),
        ([(b"transfer-encoding", b"chunked")], True),
    ],
)
def test_a_body_announces_itself(headers, answer):
    assert has_body(headers) is answer
