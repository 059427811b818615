"""Redirects are checked hop by hop, and what a caller sent stays with the origin it was meant for."""

import pytest

from cxhub.lib.http import Refused, Rules, fetch
from tests.outside import answer, outside

RULES = Rules.of(allow=["127.0.0.1/32", "127.0.0.2/32"])
SECRET = {"Authorization": "Bearer s3cret", "X-Api-Key": "s3cret", "Accept": "application/json"}


def moved(where, status="302 Found"):
    return answer(status=status, Location=where)


@pytest.mark.parametrize(
    "where",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "file:///etc/passwd",
        "http://127.0.0.3/",
        "http://user:word@127.0.0.1/",
    ],
)
def test_a_redirect_to_what_may_not_be_called_is_refused(where):
    with outside(moved(where)) as server, pytest.raises(Refused):
        fetch(server.url, rules=RULES)


def test_headers_go_along_on_the_same_origin():
    with outside(lambda request: moved("/there") if "GET / " in request else answer(b"there")) as server:
        reply = fetch(server.url, headers=SECRET, rules=RULES)
        assert (reply.body, reply.url) == (b"there", f"{server.url}/there")
        assert server.requests[1].count("s3cret") == 2


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2"])
def test_headers_stay_behind_on_another_port_or_host(host):
    with outside(answer(b"there"), host=host) as other, outside(moved(f"{other.url}/there")) as server:
        assert fetch(server.url, headers=SECRET, rules=RULES).body == b"there"
        assert "s3cret" in server.requests[0]
        assert "s3cret" not in other.requests[0]
        assert "Accept: application/json" in other.requests[0]


def test_headers_that_stayed_behind_do_not_come_back():
    with outside(lambda request: answer(b"back") if "GET /back" in request else moved(other_url[0])) as server:
        other_url = []
        with outside(moved(f"{server.url}/back")) as other:
            other_url.append(other.url)
            assert fetch(server.url, headers=SECRET, rules=RULES).body == b"back"
        assert "s3cret" not in server.requests[1]


def test_three_redirects_are_followed_and_four_are_not():
    def count_down(request):
        left = int(request.split()[1].strip("/"))
        return moved(f"/{left - 1}") if left else answer(b"end")

    with outside(count_down) as server:
        assert fetch(f"{server.url}/3", rules=RULES).body == b"end"
        with pytest.raises(Refused, match="more than 3 times"):
            fetch(f"{server.url}/4", rules=RULES)


def test_a_post_is_not_sent_on():
    with outside(moved("/there", "307 Temporary Redirect")) as server:
        with pytest.raises(Refused, match="Enter the last one"):
            fetch(server.url, method="POST", body=b"{}", rules=RULES)
        assert len(server.requests) == 1


def test_a_redirect_without_a_place_is_a_reply():
    with outside(answer(b"odd", "302 Found")) as server:
        assert fetch(server.url, rules=RULES).status == 302
