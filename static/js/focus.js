// Keeps the focus through a swap that takes its place away: on the same control in what has come, else on the first
// thing in it that takes focus. Controls with an id are htmx's own work, open fields that of inline.js, cells of a map
// that of map/structure.js. Attribute:
//   data-focus-then="id"    around a control that goes away by design: what has the focus afterwards.
{
  const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
  let was = null;
  const sign = (at) => [at.localName, at.getAttribute("href"), at.name, at.value, at.textContent.trim()].join("|");
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const at = document.activeElement;
    const then = at.closest("[data-focus-then]")?.dataset.focusThen;
    was = detail.target?.contains(at) && at !== detail.target && !at.matches("td, th") ? { at, sign: sign(at), then } : null;
  });
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (!was || was.at.isConnected || document.activeElement !== document.body) return;
    const next = document.getElementById(was.then);
    if (next) return next.focus();
    const shown = [...detail.elt.querySelectorAll(CONTROLS)].filter((each) => each.checkVisibility());
    (shown.find((each) => sign(each) === was.sign) ?? shown[0])?.focus();
    was = null;
  });
}
