"""TLS is checked against the name, with the operator's own authority too; a proxy is the way out where there is one."""

import base64
import socket
import ssl
from contextlib import suppress
from dataclasses import replace
from threading import Thread

import pytest

from cxhub.lib.http import Refused, Rules, Unreachable, fetch
from tests.authorities import Authority
from tests.outside import answer, outside

ALLOW = ["127.0.0.0/8"]


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def crm(authority, monkeypatch):
    """The CRM at its name, with a certificate of the company's authority; `names` are those the clients asked for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority.certificate(name="crm.acme.lan"))
    context.sni_callback = lambda _socket, name, _context: asked_for.append(name)
    asked_for = []
    with outside(answer(b"safe"), tls=context) as server:
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", server.port))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_given: found)
        server.names = asked_for
        yield server


def test_the_certificate_of_the_company_is_trusted_when_the_operator_says_so(crm, authority):
    rules = Rules.of(allow=ALLOW, ca_bundle=authority.bundle)
    assert fetch(f"https://crm.acme.lan:{crm.port}/", rules=rules).body == b"safe"
    assert crm.names == ["crm.acme.lan"]
    assert f"Host: crm.acme.lan:{crm.port}" in crm.requests[0]


def test_an_unknown_authority_is_refused(crm):
    with pytest.raises(Refused, match="certificate of “crm.acme.lan” is not trusted"):
        fetch(f"https://crm.acme.lan:{crm.port}/", rules=Rules.of(allow=ALLOW))
    assert not crm.requests


def test_the_certificate_of_another_name_is_refused(crm, authority):
    rules = Rules.of(allow=ALLOW, ca_bundle=authority.bundle)
    for host in ("billing.acme.lan", "127.0.0.1"):
        with pytest.raises(Refused, match="not trusted"):
            fetch(f"https://{host}:{crm.port}/", rules=rules)
    assert not crm.requests


def test_https_to_a_plain_port_says_so():
    with outside(answer(b"plain")) as server, pytest.raises(Refused, match="does not speak https"):
        fetch(server.url.replace("http", "https"), rules=Rules.of(allow=ALLOW))


def test_a_tls_greeting_that_never_ends_is_left_at_the_deadline():
    def silent(client):
        with suppress(OSError):
            client.recv(1)

    with outside(lambda request: silent) as server, pytest.raises(Unreachable, match="too long"):
        fetch(server.url.replace("http", "https"), rules=replace(Rules.of(allow=ALLOW), deadline_seconds=0.5))


def forwarding(to_port):
    """A proxy that opens a tunnel to one server here, whatever it is asked for."""

    def tunnel(client):
        client.sendall(b"HTTP/1.1 200 Connection established\r\nX-Proxy: yes\r\n\r\n")
        server = socket.create_connection(("127.0.0.1", to_port))
        back = Thread(target=_copy, args=(server, client), daemon=True)
        back.start()
        _copy(client, server)
        back.join()

    return lambda request: tunnel if request.startswith("CONNECT") else answer(b"by proxy")


def _copy(source, target):
    with suppress(OSError):
        while piece := source.recv(65536):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)


def test_https_goes_through_the_proxy_and_is_checked_against_the_name(crm, authority):
    with outside(forwarding(crm.port)) as proxy:
        rules = Rules.of(allow=ALLOW, ca_bundle=authority.bundle, proxy=f"http://ivo:w%40rd@127.0.0.1:{proxy.port}")
        crm_url = f"https://crm.acme.lan:{crm.port}/"
        # the proxy itself is reached by its address: only the CRM's name is looked up in this fixture
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(socket, "create_connection", _straight)
            assert fetch(crm_url, headers={"Authorization": "Bearer s3cret"}, rules=rules).body == b"safe"
    assert proxy.requests[0].startswith(f"CONNECT crm.acme.lan:{crm.port} HTTP/1.1\r\n")
    assert base64.b64encode(b"ivo:w@rd").decode() in proxy.requests[0]
    assert "s3cret" not in proxy.requests[0]
    assert "s3cret" in crm.requests[0]
    assert "Proxy-Authorization" not in crm.requests[0]


def _straight(address, timeout=None):
    opened = socket.socket()
    opened.settimeout(timeout)
    opened.connect(address)
    return opened


def test_http_goes_through_the_proxy_as_a_whole_address():
    with outside(forwarding(0)) as proxy:
        rules = Rules.of(proxy=f"http://127.0.0.1:{proxy.port}")
        assert fetch("http://93.184.216.34/path?q=1", rules=rules).body == b"by proxy"
    assert proxy.requests[0].startswith("GET http://93.184.216.34:80/path?q=1 HTTP/1.1\r\n")


def test_what_may_not_be_called_may_not_be_called_through_the_proxy_either():
    with outside(forwarding(0)) as proxy:
        rules = Rules.of(proxy=f"http://127.0.0.1:{proxy.port}")
        for url in ("http://169.254.169.254/", "https://10.0.0.1/", "http://localhost/"):
            with pytest.raises(Refused):
                fetch(url, rules=rules)
    assert not proxy.requests


def test_a_proxy_that_refuses_or_is_away_is_named_as_the_proxy():
    with outside(answer(b"no", "403 Forbidden")) as proxy:
        rules = Rules.of(proxy=f"http://127.0.0.1:{proxy.port}")
        with pytest.raises(Refused, match="proxy"):
            fetch("https://93.184.216.34/", rules=rules)
    with pytest.raises(Unreachable, match="proxy"):
        fetch("https://93.184.216.34/", rules=rules)


@pytest.mark.parametrize("proxy", ["proxy.example:3128", "socks5://proxy:1", "http://proxy"])
def test_a_proxy_that_cannot_be_read_is_explained(proxy):
    with pytest.raises(ValueError, match="OUTBOUND_PROXY"):
        Rules.of(proxy=proxy)


def test_an_authority_that_is_not_there_is_explained():
    with pytest.raises(ValueError, match="OUTBOUND_CA_BUNDLE"):
        Rules.of(ca_bundle="/nowhere/authority.pem")


def test_proxies_of_the_environment_are_not_believed(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with outside(answer(b"straight")) as server:
        assert fetch(server.url, rules=Rules.of(allow=ALLOW)).body == b"straight"
