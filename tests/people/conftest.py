"""The product as people meet it: a real server process on the test's database, and a browser page."""

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import pytest
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.core.management import call_command
from django.test import override_settings

from orgs.models import User
from tests import worker
from tests.world import PASSWORD


@pytest.fixture(scope="session")
def collected(tmp_path_factory, django_test_environment):
    """The static files as the server gives them out."""
    folder = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=str(folder)):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


@pytest.fixture
def site(collected, committed_world):
    """The address of a server of this test's own."""
    # The server knows production's hashers, not the quick one of the tests.
    User.objects.update(password=make_password(PASSWORD, hasher=PBKDF2PasswordHasher()))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "cxhub.asgi:application", "--lifespan", "off", "--port", str(port)]
    env = {**worker.environment(), "STATIC_ROOT": str(collected)}
    server = subprocess.Popen([*command, "--log-level", "error"], cwd=worker.ROOT, env=env)
    address = f"http://127.0.0.1:{port}"
    worker.wait_until(lambda: _answers(f"{address}/readyz"))
    yield address
    os.kill(server.pid, signal.SIGTERM)
    server.wait(timeout=60)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address) as response:  # our own server on loopback
            return response.status == 200
    except (urllib.error.URLError, ConnectionError):
        return False


@pytest.fixture
def wear(site, sign_in):
    """Returns a function that makes a page somebody's, as after sign-in, or nobody's."""

    def _wear(page, member):
        page.context.clear_cookies()
        if member:
            member.user.refresh_from_db()  # a session dies with the password's hash, and `site` made new ones
            value = sign_in(member).cookies[settings.SESSION_COOKIE_NAME].value
            page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site}])

    return _wear


@pytest.fixture
def page(browser):
    """A page at laptop width. axe is injected, which the content policy rightly forbids: it is off for that."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True, reduced_motion="reduce")
    yield context.new_page()
    context.close()
