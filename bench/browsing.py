"""What a real Chromium loads and paints: bytes and requests by its own count, and the largest contentful paint."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import CHROMIUM, QUIET

PAINTED = """() => new Promise(done => new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
    .observe({type: 'largest-contentful-paint', buffered: true}))"""


@dataclass
class Loaded:
    """One load of a page: what came over the network, by Chromium's count."""

    bytes: int = 0
    requests: list[str] = field(default_factory=list)
    painted: float = 0.0


@contextmanager
def chromium() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


def visit(browser: Browser, url: str, cookie: dict[str, Any]) -> tuple[Loaded, Loaded]:
    """Open a page with nothing cached, and once more; returns both loads."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_cookies([cookie])
    page = context.new_page()
    loads = _load(page, url), _load(page, url)
    context.close()
    return loads


# Asked as a function: a text that is waited for is evaluated, which the pages' policy forbids.
FIRST_PAINT = """() => new Promise((painted) => new PerformanceObserver((seen) => {
  const first = seen.getEntriesByName("first-contentful-paint")[0];
  if (first) painted(first.startTime);
}).observe({ type: "paint", buffered: true }))"""


@dataclass(frozen=True)
class Bare:
    """A page as it is while none of its scripts comes."""

    nodes: int
    cells: int
    painted: float
    """When anything was painted first; 0 for never."""


def open_without_scripts(browser: Browser, url: str, cookie: dict[str, Any]) -> Bare:
    """Open the page of a map with every script blocked."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_cookies([cookie])
    page = context.new_page()
    page.route("**/*", lambda route: route.abort() if route.request.resource_type == "script" else route.continue_())
    page.goto(url, wait_until="load")
    found = Bare(
        page.evaluate("document.querySelectorAll('*').length"),
        page.locator("#map-table tbody td:visible").count(),
        page.evaluate(FIRST_PAINT),
    )
    context.close()
    return found


def _load(page: Page, url: str) -> Loaded:
    loaded, cached = Loaded(), set()
    asked: dict[str, str] = {}
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    client.on("Network.requestWillBeSent", lambda told: asked.update({told["requestId"]: told["request"]["url"]}))
    client.on("Network.requestServedFromCache", lambda told: cached.add(told["requestId"]))
    client.on(
        "Network.responseReceived",
        lambda told: cached.add(told["requestId"]) if told["response"].get("fromDiskCache") else None,
    )
    client.on("Network.loadingFinished", lambda told: _count(loaded, told["encodedDataLength"]))
    page.goto(url, wait_until="networkidle")
    loaded.requests = [url for key, url in asked.items() if key not in cached and not url.startswith("data:")]
    loaded.painted = page.evaluate(PAINTED)
    client.detach()
    return loaded


def _count(loaded: Loaded, length: float) -> None:
    loaded.bytes += int(length)
