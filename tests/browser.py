"""A real browser for tests: the Chromium found on the machine. Without one, tests that open it are skipped."""

from functools import partial
from shutil import which

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from playwright.sync_api import Locator, expect, sync_playwright

CHROMIUM = next((path for path in map(which, ("chromium", "chromium-browser", "google-chrome")) if path), None)
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync"]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
COLOURS = {**RULES, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
AXE = Axe().axe_script
# A page paints before its scripts listen. People look before they act; a test acts in the same instant, so to it
# nothing is visible, and nothing can be clicked, until the page has loaded.
UNSEEN_UNTIL_LOADED = """
const unseen = new CSSStyleSheet();
unseen.replaceSync("body { visibility: hidden !important }");
document.adoptedStyleSheets = [unseen];
const { focus } = HTMLElement.prototype;
let wanted = null; // what is hidden takes no focus: it gets it when it is seen
HTMLElement.prototype.focus = function (...how) { wanted = [this, how]; return focus.apply(this, how); };
addEventListener("load", () => setTimeout(() => {
  document.adoptedStyleSheets = [];
  HTMLElement.prototype.focus = focus;
  if (wanted?.[0].isConnected && document.activeElement === document.body) focus.apply(...wanted);
}));
"""
SEEN = """() => new Promise((seen) => {
  const look = () => document.adoptedStyleSheets.length ? setTimeout(look, 5) : seen(true);
  look();
})"""
PATIENCE = 30_000  # milliseconds an expectation waits before it fails: a busy machine is slow, not wrong
needed = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")


@pytest.fixture
def browser(monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    expect.set_options(timeout=PATIENCE)
    for name in ("focus", "press", "press_sequentially"):
        monkeypatch.setattr(Locator, name, _when_visible(getattr(Locator, name)))
    monkeypatch.setattr(Locator, "select_option", _with_focus(Locator.select_option))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        monkeypatch.setattr(browser, "new_context", partial(_new_context, browser.new_context))
        yield browser
        browser.close()
        # Playwright's event loop gives this thread connections of its own; left open, the database cannot be dropped.
        connections.close_all()


def _new_context(new_context, **options):
    context = new_context(**options)
    if options.get("java_script_enabled", True):
        context.add_init_script(UNSEEN_UNTIL_LOADED)
        context.new_page = partial(_new_page, context.new_page)
    return context


def _when_visible(act):
    """Playwright waits before it clicks or fills, not before it gives focus: keys to what is hidden would be lost."""

    def acted(locator, *args, **options):
        locator.wait_for(state="visible")
        return act(locator, *args, **options)

    return acted


def _with_focus(act):
    """Nobody chooses in a list without being in it; Playwright does, and the keys pressed next would be lost."""

    def acted(locator, *args, **options):
        locator.focus()
        return act(locator, *args, **options)

    return acted


def _new_page(new_page):
    """Let opening an address end when the page is seen: what waits for nothing (focus, count) finds it so, too."""
    page = new_page()
    for name in ("goto", "reload"):
        setattr(page, name, partial(_seen, page, getattr(page, name)))
    return page


def _seen(page, opened, *args, **options):
    answer = opened(*args, **options)
    page.evaluate(SEEN)
    return answer


def violations(page, rules=RULES) -> list[tuple[str, str]]:
    """The WCAG A and AA rules that the page breaks, each with the first element. The page must bypass its CSP.

    A transition or a late font can be under way at the first look: what counts is what stays.
    """
    expect(page.locator("body")).to_be_visible()  # axe passes over what is hidden
    page.evaluate("document.fonts.ready")
    if not _broken(page, rules):
        return []
    page.wait_for_timeout(1000)
    return _broken(page, rules)


def _broken(page, rules) -> list[tuple[str, str]]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(rules).then(({ violations }) => violations)", rules)
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in found]
