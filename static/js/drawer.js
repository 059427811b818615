// A drawer over the page, for one thing to do to one row. Attributes:
//   data-drawer="kpi-4"     on a link: its page opens in the drawer; without this script it is a page like any other. The
//                           value says which rows are about the same thing.
//   data-drawer-failed      in what comes, hidden: shown when the form could not be sent.
// A form that did what it says is answered with the event `acted` and words (cxhub/web/drawer.py): every row about the same
// thing says them, also when htmx brings it anew, and the focus returns to where it was.
{
  const FIRST = "[aria-invalid=true], input:not([type=hidden]), textarea, select, .menu-item";
  const said = new Map();
  let opener = null;
  let edited = false; // a field was saved in the drawer: a map below shows it, once it is closed
  let lost = null; // where the focus was when htmx took the place away
  const make = () => {
    const dialog = Object.assign(document.createElement("dialog"), { id: "drawer", className: "dialog drawer" });
    dialog.setAttribute("aria-labelledby", "drawer-title");
    const place = Object.assign(document.createElement("div"), { id: "drawer-body", className: "dialog-body" });
    place.setAttribute("hx-target", "#drawer-body");
    dialog.append(place);
    document.body.append(dialog);
    dialog.addEventListener("close", () => {
      place.replaceChildren();
      if (edited) document.body.dispatchEvent(new CustomEvent("map-changed", { detail: {} }));
      edited = false;
    });
    return place;
  };
  const body = () => document.getElementById("drawer-body") ?? make();
  const isOurs = (event) => event.detail.target?.id === "drawer-body";
  const say = () => {
    for (const [key, words] of said) {
      for (const link of document.querySelectorAll(`[data-drawer="${CSS.escape(key)}"]`)) {
        const row = link.parentElement;
        const place = row.querySelector(":scope > .said") ?? Object.assign(document.createElement("span"), { className: "said" });
        place.textContent = words;
        row.append(place);
      }
    }
  };
  const focus = (place, href) => {
    const links = [...place.querySelectorAll("a[href], summary")].filter((each) => each.checkVisibility());
    (links.find((each) => each.getAttribute("href") === href) ?? links[0])?.focus();
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-drawer]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    opener = link;
    htmx.ajax("GET", link.getAttribute("href"), { source: link, target: body(), swap: "innerHTML" });
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (!isOurs(event)) return say();
    const dialog = body().parentElement;
    if (!dialog.open) dialog.showModal();
    (body().querySelector("[aria-invalid=true]") ?? body().querySelector(FIRST))?.focus();
  });
  document.body.addEventListener("field-saved", () => { edited = Boolean(document.querySelector("#drawer[open]")); });
  document.addEventListener("acted", ({ detail }) => {
    const row = opener?.parentElement;
    said.set(opener?.dataset.drawer, detail.said);
    body().parentElement.close();
    say();
    document.dispatchEvent(new CustomEvent("announce", { detail: detail.said }));
    if (opener?.checkVisibility()) opener.focus();
    else if (row) focus(row);
  });
  // The page itself says why a form cannot be had; a form that cannot be sent keeps what was typed.
  const failed = (event) => {
    if (!isOurs(event)) return;
    if (event.detail.requestConfig.verb === "get" && event.detail.xhr.status) return location.assign(opener.href);
    for (const words of body().querySelectorAll("[data-drawer-failed]")) words.hidden = false;
  };
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
    const at = document.activeElement;
    if (detail.target.contains(at)) lost = { place: detail.target, href: at.getAttribute("href") };
  });
  document.addEventListener("htmx:oobAfterSwap", () => {
    say();
    if (lost && document.activeElement === document.body) focus(lost.place, lost.href);
    lost = null;
  });
}
