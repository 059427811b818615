"""Packages that security hangs on, with the oldest version we may ship. Raised by hand when an advisory says so."""

import pytest
from packaging.version import Version

from tests.architecture.sources import ROOT

MINIMUM = {
    "Django": "5.2.19",  # the LTS line: all of its security releases so far
    "django-allauth": "65.14.0",
    "django-csp": "4.0",
    "django-htmx": "1.27.0",
    "cryptography": "46.0.0",
    "psycopg2-binary": "2.9.11",
    "redis": "7.0.0",
    "celery": "5.6.0",
    "kombu": "5.6.0",
    "uvicorn": "0.38.0",
    "h11": "0.16.0",  # CVE-2025-43859: request smuggling in chunked bodies
    "python-calamine": "0.9.1",  # parses files of strangers
    "djangorestframework": "3.15.2",  # CVE-2024-21520: markup in the browsable API
    "requests": "2.32.4",  # CVE-2024-47081: credentials of .netrc sent elsewhere
    "servestatic": "4.0.0",
    "sqlparse": "0.5.4",  # a crafted list exhausted the stack before
}


def pinned() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    pairs = (line.split("==") for line in lines if "==" in line and not line.startswith("#"))
    return {name.strip().lower(): version.strip() for name, version in pairs}


@pytest.mark.parametrize("package", MINIMUM)
def test_is_pinned_at_a_version_that_is_safe(package):
    assert Version(pinned()[package.lower()]) >= Version(MINIMUM[package])


def test_every_direct_requirement_is_pinned():
    for name in ("requirements.txt", "requirements-local.txt", "requirements-dev.txt"):
        for line in (ROOT / name).read_text().splitlines():
            package = line.split("#")[0].split("[")[0].split("==")[0].split(">")[0].strip().lower()
            assert not package or package.startswith("-") or package in pinned(), f"{line} of {name}"
