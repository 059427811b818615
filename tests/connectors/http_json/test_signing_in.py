"""The secret goes into one header, to one origin, and into nothing else."""

import base64

import pytest

from connectors.base import SetupProblem
from connectors.systems.http_json.problems import problems
from tests.connectors.http_json.api import reading, row
from tests.outside import json_answer

WORD = "s3cret-of-acme"
FINE = json_answer({"data": {"items": [row("2026-05-11", 4)]}})


@pytest.mark.parametrize(
    ("sign_in", "name", "line"),
    [
        ("bearer", "", f"Authorization: Bearer {WORD}"),
        ("header", "X-Api-Key", f"X-Api-Key: {WORD}"),
        ("basic", "ivo", "Authorization: Basic " + base64.b64encode(f"ivo:{WORD}".encode()).decode()),
    ],
)
def test_it_is_sent_as_the_vendor_wants_it(serve, pull, sign_in, name, line):
    server = serve(FINE)
    secrets = {"secret": WORD, "secret_origin": server.url}
    pull(reading(server.url, sign_in=sign_in, sign_in_name=name, headers=("Accept-Language: en",)), secrets=secrets)
    assert line in server.requests[0]
    assert "Accept-Language: en" in server.requests[0]
    assert WORD not in server.requests[0].splitlines()[0]


@pytest.mark.parametrize("secrets", [{}, {"secret": WORD}, {"secret": WORD, "secret_origin": "https://other:443"}])
def test_without_one_for_this_origin_nothing_is_sent(serve, pull, secrets):
    server = serve(FINE)
    with pytest.raises(SetupProblem, match="No secret is kept for this address"):
        pull(reading(server.url, sign_in="bearer"), secrets=secrets)
    assert not server.requests


@pytest.mark.parametrize(
    "news",
    [
        {"url": "https://api.example.com/?api_key=abc"},
        {"url": "https://ivo:word@api.example.com/"},
        {"headers": ("Authorization: Bearer abc",)},
        {"headers": ("Cookie: a=b",)},
        {"headers": ("Host: other",)},
        {"headers": ("no colon",)},
        {"sign_in": "header", "sign_in_name": "Host"},
        {"sign_in": "header", "sign_in_name": "a b"},
        {"sign_in": "basic", "sign_in_name": "a:b"},
    ],
)
def test_a_secret_in_a_wrong_place_is_pointed_out(news):
    assert problems(reading("https://api.example.com").changed(**news))


def test_fine_settings_have_no_problems():
    assert problems(reading("https://api.example.com")) == []
