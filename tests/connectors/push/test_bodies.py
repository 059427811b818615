"""What a message may hold: limits while reading, and what cannot be kept is said with its path."""

import base64
import gzip
import hashlib
import hmac
import json

import pytest

from connectors.models import PushMessage
from tests.connectors.push.desk import day_ago, items, row, standard_headers

DAY = day_ago(2)


def answer_to(sender, body, **headers):
    signed = standard_headers(sender.secret, b"", "msg_1")
    signed["webhook-signature"] = signature(sender.secret, body, signed["webhook-timestamp"])
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return sender.client.post(sender.address, body, content_type="application/json", headers=signed | named)


def signature(secret, body, stamp):
    """The reference library signs text alone; bodies here are any bytes."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return (
        "v1,"
        + base64.b64encode(hmac.new(key, b"msg_1." + stamp.encode() + b"." + body, hashlib.sha256).digest()).decode()
    )


def kept(world):
    with world.inside():
        return PushMessage.objects.count()


def holding(raw):
    """A message whose second row holds these characters of JSON as its note."""
    body = json.dumps(items(row(DAY, 4), {**row(DAY, 4), "note": "HERE"}))
    return body.replace('"HERE"', raw).encode()


NOTE = "$.data.items[1].note"
BAD = {
    "NUL": (holding(r'"a\u0000b"'), "A text holds the character NUL.", NOTE),
    "a lone surrogate": (holding(r'"\ud800"'), "A text holds half a character (a lone surrogate).", NOTE),
    "a NUL in a name": (holding(r'{"a\u0000": 1}'), "A text holds the character NUL.", NOTE),
    "NaN": (holding("NaN"), "A number is not finite.", NOTE),
    "Infinity": (holding("-Infinity"), "A number is not finite.", NOTE),
    "1e400": (holding("1e400"), "A number is not finite.", NOTE),
    "too deep": (holding("[" * 17 + "]" * 17), "It is deeper than 20 levels.", NOTE + "[0]" * 16),
    "deeper than anybody reads": (b"[" * 200_000, "The body is not JSON in UTF-8.", "$"),
    "a number of 5,000 digits": (holding("9" * 5000), "The body is not JSON in UTF-8.", "$"),
    "no JSON": (b"{", "The body is not JSON in UTF-8.", "$"),
    "nothing": (b"", "The body is not JSON in UTF-8.", "$"),
    "no UTF-8": (b'{"a": "\xff"}', "The body is not JSON in UTF-8.", "$"),
    "1,001 rows": (json.dumps(items(*[row(DAY, 4)] * 1001)).encode(), "Send at most 1000 rows in a message.", "$"),
    "a long row": (holding(json.dumps("x" * 33_000)), "A row is longer than 32 KiB.", "row 1"),
    "201 properties": (
        holding(json.dumps({f"p{n}": n for n in range(197)})),
        "A row has more than 200 properties.",
        "row 1",
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_what_cannot_be_kept_is_said_with_its_path(world, sender, what):
    body, sentence, path = BAD[what]
    reply = answer_to(sender, body)
    assert (reply.status_code, reply.json()) == (400, {"error": sentence, "path": path})
    assert kept(world) == 0


@pytest.mark.parametrize(
    "body",
    [
        holding("[" * 16 + "]" * 16),
        holding(json.dumps("x" * 32_000)),
        holding(json.dumps({f"p{n}": n for n in range(196)})),
        holding(r'"\ud83d\ude00"'),
        json.dumps(items(*[row(DAY, 4)] * 1000)).encode(),
        b"\xef\xbb\xbf" + json.dumps(items(row(DAY, 4))).encode(),
    ],
    ids=["deep", "long", "many properties", "emoji", "1,000 rows", "byte order mark"],
)
def test_what_is_just_within_the_limits_is_kept(world, sender, body):
    assert answer_to(sender, body).status_code == 202
    assert kept(world) == 1


@pytest.mark.parametrize("message_id", ["m" * 101, "a\x07b"])
def test_a_strange_id_is_refused(world, sender, message_id):
    assert sender.send(items(), message_id).status_code == 400
    assert kept(world) == 0


def test_a_packed_body_is_signed_as_it_came(world, sender):
    body = gzip.compress(json.dumps(items(row(DAY, 4))).encode())
    assert answer_to(sender, body, content_encoding="gzip").status_code == 202
    assert kept(world) == 1


def test_a_body_that_unpacks_to_a_gigabyte_is_refused_after_a_mebibyte(world, sender):
    bomb = gzip.compress(b" " * 64 * 1024 * 1024)
    assert len(bomb) < 1024 * 1024
    assert answer_to(sender, bomb, content_encoding="gzip").status_code == 413
    assert kept(world) == 0


@pytest.mark.parametrize("body", [b"no gzip", gzip.compress(b"{}")[:-4], b""], ids=["plain", "cut", "empty"])
def test_a_damaged_packed_body_is_refused(world, sender, body):
    assert answer_to(sender, body, content_encoding="gzip").status_code == 400
    assert kept(world) == 0


def test_a_long_body_is_refused(world, sender):
    assert answer_to(sender, b" " * (1024 * 1024 + 1)).status_code == 413
    assert answer_to(sender, b'{"data": 1}' + b" " * (1024 * 1024 - 11)).status_code == 202


@pytest.mark.parametrize("packing", ["br", "deflate", "gzip, gzip", "zstd"])
def test_another_packing_is_refused(world, sender, packing):
    assert answer_to(sender, b"{}", content_encoding=packing).status_code == 415
    assert kept(world) == 0


def test_rows_that_cannot_be_used_are_told_one_by_one(world, sender):
    reply = sender.send(items(row(DAY, 4), row(DAY, 9), row("soon", 4), 7, row(DAY, None)))
    told = [(one["index"], one["result"], one.get("reason", "")) for one in reply.json()["rows"]]
    assert told == [
        (0, "accepted", ""),
        (1, "rejected", "The score lies outside 1 to 5"),
        (2, "rejected", "The date cannot be read"),
        (3, "rejected", "No touchpoint"),
        (4, "accepted", ""),
    ]
    assert (reply.json()["accepted"], reply.json()["rejected"]) == (2, 3)


def test_a_message_without_rows_is_kept_as_such(world, sender):
    reply = sender.send({"type": "ping"})
    assert (reply.status_code, reply.json()["accepted"], reply.json()["rows"]) == (202, 0, [])
