"""One outbound client: only cxhub/lib/http.py and its parts may speak HTTP to the outside, so its rules always hold."""

from tests.architecture.sources import imported, modules

CLIENTS = {"requests", "httpx", "aiohttp", "urllib3", "http.client", "urllib.request", "urllib.urlopen", "pycurl"}
CLIENTS |= {"ssrfguard"}
SOCKETS = {"socket", "ssl", "ftplib", "smtplib", "telnetlib", "xmlrpc"}
ALLOWED = ("cxhub/lib/http.py", "cxhub/lib/outbound/")
ERRORS = {"cxhub/lib/mail.py": {"smtplib"}}  # to tell how a mail server refuses; sending is Django's own
LOCAL = "cxhub/local/"  # starts the servers of this machine: looks for a free port, asks the own pages if they are up


def strays(path: str, text: str) -> set[str]:
    """The HTTP clients and sockets that a module has no business with."""
    if path.startswith(ALLOWED):
        return set()
    unwanted = CLIENTS - {"http.client"} if path.startswith(LOCAL) else CLIENTS | SOCKETS
    unwanted = unwanted - ERRORS.get(path, set())
    return {name for name in imported(text) for each in unwanted if name == each or name.startswith(f"{each}.")}


def test_nothing_but_the_one_client_speaks_http():
    assert {path: found for path, text in modules() if (found := strays(path, text))} == {}


def test_a_stray_client_is_found():
    hidden = "def later():\n    from urllib import request\n    import requests.sessions\n"
    assert strays("connectors/systems/crm/client.py", hidden) == {"urllib.request", "requests.sessions"}
    assert strays("cxhub/lib/http.py", "import requests") == set()
