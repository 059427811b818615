"""A real browser for tests: the Chromium found on the machine. Without one, tests that open it are skipped."""

from shutil import which

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from playwright.sync_api import sync_playwright

CHROMIUM = next((path for path in map(which, ("chromium", "chromium-browser", "google-chrome")) if path), None)
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync"]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
needed = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")


@pytest.fixture
def browser(monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()
        # Playwright's event loop gives this thread connections of its own; left open, the database cannot be dropped.
        connections.close_all()


def violations(page) -> list[tuple[str, str]]:
    """The WCAG A and AA rules that the page breaks, each with the first element. The page must bypass its CSP.

    A transition or a late font can be under way at the first look: what counts is what stays.
    """
    page.evaluate("document.fonts.ready")
    if not _broken(page):
        return []
    page.wait_for_timeout(1000)
    return _broken(page)


def _broken(page) -> list[tuple[str, str]]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in found]
