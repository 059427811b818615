"""A person who has the keyboard alone: no click, no focus but by Tab. Every stop must show that the focus is there."""

from typing import Any

from playwright.sync_api import Locator, Page

MOST = 30  # stops between two things that a task needs; more and somebody looks for the mouse

# What has the focus, and what is wrong with how it shows: no ring, out of sight, or under something that floats above.
STOP = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const words = at.ariaLabel || at.labels?.[0]?.innerText || at.innerText || at.title || at.name || "";
  const said = `${at.localName} ${words.trim().replace(/\\s+/g, " ").slice(0, 60)}`;
  const isRing = ({ outlineStyle, outlineWidth, outlineColor }) =>
    outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && !/, 0\\)$/.test(outlineColor);
  const rings = [at, at.nextElementSibling, at.closest("label, .drop")].filter(Boolean);
  const styles = [...rings.map((each) => getComputedStyle(each)), getComputedStyle(at, "::after")];
  const box = at.getBoundingClientRect();
  const inside = (from, to, most) => [Math.max(from, 0) + 2, (Math.max(from, 0) + Math.min(to, most)) / 2];
  const across = inside(box.left, box.right, innerWidth), down = inside(box.top, box.bottom, innerHeight);
  const points = across.flatMap((x) => down.map((y) => [x, y]));
  const isAt = (point) => {
    const there = document.elementFromPoint(...point);
    return there && (at.contains(there) || there.contains(at) && !there.matches("body, html") || rings.includes(there));
  };
  const faults = [];
  if (at.id !== "main" && !styles.some(isRing)) faults.push("shows no focus");
  const isAway = box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth;
  if (isAway) faults.push("is out of sight");
  else if (!points.some(isAt)) faults.push("lies under something");
  return { said, faults };
}"""


class Keyboard:
    """Presses keys on a page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go(self, to: Locator, *, back: bool = False, most: int = MOST) -> Locator:
        """Press Tab (Shift+Tab with `back`) until the control has the focus; fail with what was reached instead."""
        to.wait_for()
        passed: list[str] = []
        while not self.is_at(to):
            assert len(passed) < most, f"not within {most} stops: {passed}"
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            passed.append(self.look())
        return to

    def is_at(self, control: Locator) -> bool:
        return bool(control.evaluate("each => each === document.activeElement"))

    def look(self) -> str:
        """Where the focus is, after making sure that it shows."""
        stop = self.page.evaluate(STOP)
        assert stop is None or not stop["faults"], stop
        return stop["said"] if stop else "(the page)"

    def skip(self) -> None:
        """Leave the header behind: the first stop of every page."""
        self.go(self.page.get_by_role("link", name="Skip to content"), most=1)
        self.press("Enter")
        assert self.page.evaluate("document.activeElement.id") == "main"

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def use(self, control: Locator, key: str = "Enter", **how: Any) -> None:
        """Go to a link or button and press it."""
        self.go(control, **how)
        self.press(key)

    def follow(self, control: Locator, **how: Any) -> None:
        """Go to a link, press it, and be on the page it leads to: until that has loaded, Tab moves on the old one."""
        self.go(control, **how)
        with self.page.expect_event("load"):
            self.press("Enter")

    def fill(self, control: Locator, text: str, **how: Any) -> None:
        """Go to a field and write over what stands in it."""
        self.go(control, **how)
        self.press("Control+a")
        self.type(text)
