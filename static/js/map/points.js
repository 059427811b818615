// The points of the emotion curve, for those who edit it: sliders that Up and Down move by one, saved as soon as they
// rest. Enter goes from a cell to its first point, Left and Right from point to point along the row, Enter on a point
// opens the form of its cell, Esc leads back to the cell. Attributes:
//   data-part="0"           on a point: which part of what its cell keeps (data-kept, "1/-1//2") it is.
//   data-words              on the row: the words of the values from -2 to +2, with bars between, for reading aloud.
{
  const REST = 500; // ms after the last press
  const waiting = new Map(); // id of a cell: { kept, part, timer, busy }
  const KEYS = { ArrowUp: 1, ArrowDown: -1 };
  const signed = (value) => (value > 0 ? `+${value}` : `${value}`).replace("-", "\u2212");
  const point = (id, part) => document.querySelector(`#${id} [data-part="${part}"]`);
  const show = (there, value) => {
    there.dataset.level = value;
    there.setAttribute("aria-valuenow", value);
    there.setAttribute("aria-valuetext", there.closest("[data-words]").dataset.words.split("|")[Number(value) + 2]);
    there.lastElementChild.textContent = signed(value);
  };
  const fresh = () => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const fail = (cell) => { // the curve says what the server has
    waiting.delete(cell.id);
    const kept = cell.querySelector("[data-kept]").dataset.kept.split("/");
    for (const each of cell.querySelectorAll(".emotion-point[data-part]")) show(each, kept[each.dataset.part]);
    const said = Object.assign(document.createElement("p"), { className: "inline-status", textContent: document.getElementById("save-words").dataset.failed });
    cell.querySelector(".inline-status")?.remove();
    cell.append(said);
    document.dispatchEvent(new CustomEvent("announce", { detail: { value: said.textContent } }));
  };
  const save = async (id) => {
    const own = waiting.get(id), cell = document.getElementById(id);
    if (!own || own.busy || !cell) return;
    const sent = own.kept, row = cell.closest("tr").id;
    own.busy = true;
    const values = { value: sent.split("/"), version: cell.dataset.seen, save: fresh() };
    const had = cell.contains(document.activeElement);
    try { await htmx.ajax("POST", cell.querySelector(".inline-edit").getAttribute("href"), { source: cell, target: `#${id}`, swap: "outerHTML", values }); } catch { /* no answer */ }
    own.busy = false;
    const now = document.getElementById(id);
    if (now === cell) return fail(cell);
    if (!now?.matches(".map-cell")) return waiting.delete(id); // both texts are shown
    document.dispatchEvent(new CustomEvent("announce", { detail: { value: now.dataset.saved } }));
    if (own.kept !== sent) { // pressed again meanwhile
      show(point(id, own.part), own.kept.split("/")[own.part]);
      if (had) point(id, own.part).focus();
      return save(id);
    }
    waiting.delete(id);
    if (had) point(id, own.part)?.focus();
    await htmx.ajax("GET", document.getElementById("map-refresh").getAttribute("hx-get"), { source: `#${row}`, target: `#${row}`, select: `#${row}`, swap: "outerHTML" });
    document.getElementById(id)?.append(now.querySelector(".inline-status"));
    if (had && (document.activeElement === document.body || document.activeElement.contains(point(id, own.part)))) point(id, own.part)?.focus();
    return null;
  };
  const change = (there, by) => {
    const id = there.closest(".map-cell").id, part = Number(there.dataset.part);
    const value = Math.max(-2, Math.min(2, Number(there.dataset.level) + by));
    if (String(value) === there.dataset.level) return;
    show(there, value);
    const own = waiting.get(id) ?? {};
    const kept = [...(own.kept ?? there.closest("[data-kept]").dataset.kept).split("/"), "", "", "", ""].slice(0, 4);
    kept[part] = value;
    Object.assign(own, { kept: kept.join("/"), part });
    waiting.set(id, own);
    clearTimeout(own.timer);
    own.timer = setTimeout(() => save(id), REST);
  };
  document.addEventListener("keydown", (event) => {
    const there = event.target.closest?.(".emotion-point[data-part]");
    if (!there || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const all = [...there.closest("tr").querySelectorAll(".emotion-point[data-part]")];
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key] * (document.dir === "rtl" ? -1 : 1);
    if (event.key in KEYS) change(there, KEYS[event.key]);
    else if (way) all[all.indexOf(there) + way]?.focus();
    else if (event.key === "Home" || event.key === "End") change(there, event.key === "Home" ? -4 : 4);
    else return;
    event.preventDefault();
  });
  document.addEventListener("focusout", (event) => { // whoever goes on does not wait for it
    const cell = event.target.closest?.(".emotion-point[data-part]")?.closest(".map-cell");
    if (cell && !cell.contains(event.relatedTarget)) save(cell.id);
  });
}
