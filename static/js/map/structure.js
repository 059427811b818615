// The structure of a map: menus beside its headers, Alt+Shift+arrow, and the grid drawn anew after a change. Attributes:
//   .grid-menu, .map-place  a link whose menu htmx puts into #map-menu, a popover; .card-menu: see cards.js.
//   data-move="url"         on a header: Alt+Shift+arrow posts there; data-across where up and down move it. On a
//                           card, too: all four do.
// `map-changed` (an htmx trigger) says which header takes the focus; #map-refresh then asks for the grid.
{
  let opener = null;
  let focus = "";
  const menu = () => document.getElementById("map-menu");
  const place = (beside) => {
    const box = beside.getBoundingClientRect(), own = menu().getBoundingClientRect();
    const left = Math.min(box.left, innerWidth - own.width - 8);
    const top = box.bottom + own.height + 8 < innerHeight ? box.bottom + 4 : Math.max(8, innerHeight - own.height - 8);
    Object.assign(menu().style, { left: `${Math.max(8, left)}px`, top: `${top}px` });
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".grid-menu, .map-place, .card-menu");
    if (link) opener = link;
  });
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (detail.target?.id === "map-menu" && opener) {
      menu().showPopover();
      place(opener);
      menu().querySelector("input:not([type=hidden]), button:not([disabled]), select")?.focus();
    }
    if (detail.target?.id === "map-grid" && focus) {
      const there = document.getElementById(focus);
      (there?.matches(".grid-item") ? there.querySelector("a") : there?.querySelector(":scope > thead") ? there.querySelector("[tabindex='0']") : there)?.focus();
      focus = "";
    }
  });
  document.addEventListener("toggle", (event) => {
    if (event.target !== menu() || event.newState !== "closed" || document.activeElement !== document.body) return;
    (opener?.closest("[role=columnheader], [role=rowheader], [role=gridcell]") ?? opener)?.focus();
  }, true);
  document.addEventListener("map-changed", (event) => {
    if (menu()?.matches(":popover-open")) menu().hidePopover();
    focus = event.detail.focus || opener?.closest("th")?.id || (opener?.matches(".card-menu") ? "map-table" : "");
    for (const old of document.querySelectorAll("#toasts [data-undo]")) if (!event.target.contains?.(old) || event.detail.focus) old.closest(".notice").remove();
  });
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || !event.shiftKey || event.target.closest?.("input, textarea, select")) return;
    const head = event.target.closest?.("[data-move]");
    const sideways = document.dir === "rtl" ? ["ArrowRight", "ArrowLeft"] : ["ArrowLeft", "ArrowRight"];
    const isCard = head?.matches(".grid-item");
    const keys = isCard ? ["ArrowUp", "ArrowDown", ...sideways] : head?.hasAttribute("data-across") ? ["ArrowUp", "ArrowDown"] : sideways;
    const way = head ? keys.indexOf(event.key) : -1;
    if (way < 0) return;
    event.preventDefault();
    const values = { to: ["up", "down", "back", "on"][way], version: head.closest("[data-version]").dataset.version, at: "map" };
    htmx.ajax("POST", head.dataset.move, { source: head, values, swap: "none" });
  });
  // A lane that is drawn as a whole (data-drawn) is drawn again after one of its cells.
  let owed = ""; // the row that was not drawn again, because somebody was in it
  let emptied = ""; // the row whose drawing anew takes the focus with it
  document.addEventListener("autosave:closed", ({ detail }) => {
    const row = document.getElementById(detail.form.dataset.root)?.closest("[data-drawn]");
    if (!row || !(detail.changed || owed === row.id)) return;
    owed = "";
    htmx.ajax("GET", document.getElementById("map-refresh").getAttribute("hx-get"), { source: row, target: `#${row.id}`, select: `#${row.id}`, swap: "outerHTML" });
  });
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const row = detail.target;
    if (!row?.matches?.("[data-drawn]")) return;
    if (row.querySelector("form[data-autosave], .htmx-request")) { // a cell of it is open again, or about to
      detail.shouldSwap = false;
      owed = row.id;
    } else if (row.contains(document.activeElement)) emptied = row.id;
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (!emptied) return;
    if (document.activeElement === document.body) document.getElementById(emptied)?.querySelector("[tabindex='0']")?.focus();
    if (document.activeElement !== document.body) emptied = "";
  });
  // A text that was not saved is offered in its cell.
  const offer = () => {
    const made = document.getElementById("cell-offer");
    for (const cell of document.querySelectorAll(".map-cell[data-draft-of]")) {
      if (cell.querySelector("[data-offer]") || localStorage.getItem(`field:${cell.dataset.draftOf}`) === null) continue;
      cell.append(made.content.cloneNode(true));
    }
    document.dispatchEvent(new CustomEvent("inline:look"));
  };
  document.addEventListener("htmx:afterSettle", offer);
  try { offer(); } catch { /* storage is off: nothing was kept */ }
}
