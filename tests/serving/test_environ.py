"""What a WSGI application learns about the request."""

from io import BytesIO

from cxhub.web.front.environ import environ_of


def environ(*headers: tuple[bytes, bytes], size: int = 0, **changes: object) -> dict:
    scope = {
        "method": "GET",
        "path": "/w/acme/",
        "query_string": b"page=2",
        "http_version": "1.1",
        "scheme": "https",
        "server": ("127.0.0.1", 8000),
        "client": ("10.0.0.7", 5000),
        "headers": list(headers),
    }
    return environ_of(scope | changes, BytesIO(), size)


def test_the_request_is_described():
    described = environ((b"host", b"cx.example"), (b"content-type", b"text/csv"))
    expected = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": "/w/acme/",
        "QUERY_STRING": "page=2",
        "SERVER_PORT": "8000",
        "REMOTE_ADDR": "10.0.0.7",
        "HTTP_HOST": "cx.example",
        "CONTENT_TYPE": "text/csv",
        "wsgi.url_scheme": "https",
    }
    assert {name: described[name] for name in expected} == expected


def test_the_length_is_the_one_counted():
    described = environ((b"content-length", b"999"), (b"transfer-encoding", b"chunked"), size=6)
    assert described["CONTENT_LENGTH"] == "6"
    assert {"HTTP_CONTENT_LENGTH", "HTTP_TRANSFER_ENCODING"}.isdisjoint(described)


def test_a_name_with_an_underscore_cannot_pose_as_a_trusted_header():
    described = environ((b"x_forwarded_proto", b"https"), (b"x-forwarded-for", b"10.0.0.1"))
    assert "HTTP_X_FORWARDED_PROTO" not in described
    assert described["HTTP_X_FORWARDED_FOR"] == "10.0.0.1"


def test_repeated_headers_are_joined():
    described = environ((b"accept", b"a"), (b"accept", b"b"), (b"cookie", b"c=1"), (b"cookie", b"d=2"))
    assert (described["HTTP_ACCEPT"], described["HTTP_COOKIE"]) == ("a,b", "c=1; d=2")


def test_a_path_is_bytes_in_disguise():
    assert environ(path="/ü")["PATH_INFO"].encode("latin-1") == "/ü".encode()


def test_a_root_path_is_split_off():
    described = environ(path="/cx/w/", root_path="/cx")
    assert (described["SCRIPT_NAME"], described["PATH_INFO"]) == ("/cx", "/w/")


def test_a_unix_socket_has_no_addresses():
    described = environ(server=None, client=None)
    assert (described["SERVER_NAME"], described["REMOTE_ADDR"]) == ("localhost", "")
