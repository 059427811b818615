"""Which addresses the one client calls: the URL, each address behind its name, and no address but the checked one."""

import socket

import pytest

from cxhub.lib.http import Refused, Rules, Unreachable, check, fetch, origin_of
from tests.outside import answer, outside

NOBODY = Rules()
LOOPBACK = Rules.of(allow=["127.0.0.0/8"])


def names(monkeypatch, *answers):
    """Make the name server answer these addresses, one list per lookup; returns what was asked."""
    asked = []

    def lookup(host, port, *_how):
        asked.append(host)
        found = answers[min(len(asked), len(answers)) - 1]
        return [
            (socket.AF_INET6 if ":" in ip else socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port))
            if ":" not in ip
            else (socket.AF_INET6, socket.SOCK_STREAM, 6, "", (ip, port, 0, 0))
            for ip in found
        ]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    return asked


PRIVATE = [
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "127.0.0.1",
    "127.9.9.9",
    "0.0.0.0",  # noqa: S104
    "169.254.169.254",
    "169.254.1.1",
    "100.64.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "224.0.0.1",
    "255.255.255.255",
    "240.0.0.1",
    "198.18.0.1",
    "::",
    "::1",
    "fe80::1",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "2002:7f00:1::1",
    "2002:a9fe:a9fe::1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b::a83f:8110",
    "64:ff9b:1::a00:1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "fec0::1",
]


@pytest.mark.parametrize("ip", PRIVATE)
def test_an_internal_address_is_refused_as_written(ip):
    url = f"http://[{ip}]/" if ":" in ip else f"http://{ip}/"
    with pytest.raises(Refused, match="private network|not an address"):
        check(url, NOBODY)


@pytest.mark.parametrize("ip", PRIVATE)
def test_an_internal_address_is_refused_behind_a_name(ip, monkeypatch):
    names(monkeypatch, [ip])
    with pytest.raises(Refused, match="“api.example.com” is inside a private network"):
        check("https://api.example.com/", NOBODY)


def test_a_name_with_a_public_and_an_internal_address_is_refused(monkeypatch):
    names(monkeypatch, ["93.184.216.34", "10.0.0.1"])
    with pytest.raises(Refused, match="private network"):
        check("https://api.example.com/", NOBODY)


def test_a_public_address_passes(monkeypatch):
    names(monkeypatch, ["93.184.216.34", "2606:2800:220:1::1"])
    check("https://api.example.com/", NOBODY)


def test_an_own_public_address_is_refused(monkeypatch):
    """As if 93.184.216.34 were bound to this machine: binding it works for no other reason."""
    names(monkeypatch, ["93.184.216.34"])
    monkeypatch.setattr("socket.socket.bind", lambda _socket, _address: None)
    with pytest.raises(Refused, match="private network"):
        check("https://api.example.com/", NOBODY)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://example.com/",
        "//example.com/",
        "example.com",
        "",
        "https://",
        "https://user:word@example.com/",
        "https://user@example.com/",
        "https://example.com\\@127.0.0.1/",
        "http://0177.0.0.1/",
        "http://2130706433/",
        "http://127.1/",
        "http://0x7f.1/",
        "http://①②⑦.0.0.1/",
        "http://example.com:99999/",
        "http://example.com:0/",
        "http://exa mple.com/",
        "http://example.com/\r\nHost: other",
        "https://" + "a" * 5000,
    ],
)
def test_what_is_no_plain_web_address_is_refused(url):
    with pytest.raises(Refused):
        check(url, NOBODY)


def test_an_unknown_name_may_be_known_later(monkeypatch):
    def unknown(*_given):
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    check("https://api.example.com/", NOBODY)
    with pytest.raises(Unreachable, match="“api.example.com” cannot be found"):
        fetch("https://api.example.com/", rules=NOBODY)


def test_an_allowed_network_is_called():
    with outside(answer(b"here")) as server:
        assert fetch(server.url, rules=LOOPBACK).body == b"here"


def test_an_allowed_host_is_called_and_others_on_its_address_are_not(monkeypatch):
    names(monkeypatch, ["127.0.0.1"])
    rules = Rules.of(allow=["Warehouse.acme.lan"])
    with outside(answer(b"here")) as server:
        assert fetch(f"http://warehouse.acme.lan:{server.port}/", rules=rules).body == b"here"
        with pytest.raises(Refused):
            fetch(f"http://other.acme.lan:{server.port}/", rules=rules)
        with pytest.raises(Refused):
            fetch(server.url, rules=rules)


@pytest.mark.parametrize("ip", ["169.254.169.254", "fd00:ec2::254", "100.100.100.200"])
def test_the_door_to_the_keys_of_a_cloud_stays_shut_for_an_allowed_host_or_network(ip, monkeypatch):
    names(monkeypatch, [ip])
    for rules in (Rules.of(allow=["api.acme.lan"]), Rules.of(allow=["169.254.0.0/16", "fd00::/8", "100.64.0.0/10"])):
        with pytest.raises(Refused):
            check("http://api.acme.lan/", rules)


def test_the_name_is_looked_up_once_and_the_checked_address_is_called(monkeypatch):
    """The name moves to the metadata address after the check: nobody asks again."""
    asked = names(monkeypatch, ["127.0.0.1"], ["169.254.169.254"])
    rules = Rules.of(allow=["127.0.0.1/32"])
    with outside(answer(b"checked")) as server:
        reply = fetch(f"http://moving.example.com:{server.port}/path", rules=rules)
        assert reply.body == b"checked"
        assert asked == ["moving.example.com"]
        assert f"Host: moving.example.com:{server.port}" in server.requests[0]


def test_an_address_that_does_not_answer_gives_way_to_the_next(monkeypatch):
    names(monkeypatch, ["127.0.0.3", "127.0.0.1"])
    with outside(answer(b"second")) as server:
        assert fetch(f"http://two.example.com:{server.port}/", rules=LOOPBACK).body == b"second"


def test_nothing_listens():
    with outside(answer()) as server:
        url = server.url
    with pytest.raises(Unreachable, match="“127.0.0.1” does not answer"):
        fetch(url, rules=LOOPBACK)


def test_an_origin_has_one_spelling():
    assert (
        origin_of("HTTPS://API.Example.com/a?b")
        == origin_of("https://api.example.com:443/")
        == "https://api.example.com:443"
    )
    assert origin_of("http://api.example.com") != origin_of("https://api.example.com")


@pytest.mark.parametrize("allow", ["10.0.0.0/40", "10.1.2.3:8080", "http://crm.acme.lan", "cr m", "64:ff9b::/96", "*"])
def test_an_allow_list_that_cannot_be_read_is_explained(allow):
    with pytest.raises(ValueError, match="OUTBOUND_ALLOW"):
        Rules.of(allow=[allow])


def test_the_page_can_show_what_is_allowed():
    assert Rules.of(allow=["10.1.0.0/16", "crm.acme.lan", ""]).described() == ["crm.acme.lan", "10.1.0.0/16"]
