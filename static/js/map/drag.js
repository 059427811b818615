// Stages, steps, lanes and cards of a map dragged by their handles, with mouse, pen or finger. What is dropped is posted
// where menus and Alt+Shift+arrow post it (data-move): nothing moves before the server says so, and the grid is then
// drawn as it is. Esc lets go. Where the map scrolls, it scrolls on at its edges. Attributes:
//   data-move="url"         on a header or card: it gets a handle. data-over: marks what takes it.
{
  const WIDE = matchMedia("(width > 640px)");
  const NEAR = 56; // px from an edge at which it scrolls on
  let held = null; // { what, grip, x, y, at: where it would go, chip, line, timer }
  const table = () => document.querySelector("table[data-grid]");
  const box = (node) => node.getBoundingClientRect();
  const isLater = (node, x) => (x > box(node).left + box(node).width / 2) !== (document.dir === "rtl");
  const start = (node) => (document.dir === "rtl" ? box(node).right : box(node).left);
  const end = (node) => (document.dir === "rtl" ? box(node).left : box(node).right);
  const number = (head) => head.id.split("-")[1]; // of "step-12-head"
  const key = (row) => row.id.replace("lane-", "");
  const nearest = (nodes, at, low, high) => nodes.reduce((best, node) => {
    const far = Math.max(box(node)[low] - at, at - box(node)[high], 0);
    return !best || far < best.far ? { node, far } : best;
  }, null)?.node;
  const across = (x) => ({ left: x - 2, top: Math.max(box(table()).top, box(scroller()).top), width: 4, height: Math.min(box(table()).bottom, box(scroller()).bottom) - Math.max(box(table()).top, box(scroller()).top) });
  const scroller = () => table().closest(".grid-scroll");

  // Where it would go: what is posted, where the line is drawn, what takes it; null where it is.
  const places = {
    stage({ what }, x) {
      const all = [...table().querySelectorAll("th.stage")], there = nearest(all, x, "left", "right");
      const later = isLater(there, x), from = all.indexOf(what);
      let to = all.indexOf(there) + (later ? 1 : 0);
      if (to > from) to -= 1;
      return to !== from && { values: { to }, line: across(later ? end(there) : start(there)) };
    },
    step({ what }, x) {
      const all = [...table().querySelectorAll("th.step-name")], there = nearest(all, x, "left", "right");
      const later = isLater(there, x), stageOf = (head) => stages()[head.dataset.stage - 1];
      const stage = stageOf(there), own = all.filter((head) => stageOf(head) === stage && head !== what);
      const to = there === what ? all.filter((head) => stageOf(head) === stage).indexOf(what) : own.indexOf(there) + (later ? 1 : 0);
      if (stage === stageOf(what) && to === all.filter((head) => stageOf(head) === stage).indexOf(what)) return null;
      const inside = (later ? -3 : 3) * (document.dir === "rtl" ? -1 : 1);
      return { values: { to: number(stage), place: to }, line: across((later ? end(there) : start(there)) + inside), over: stage };
    },
    lane({ what }, x, y) {
      const all = [...table().tBodies[0].rows].filter((row) => row.id), own = what.parentNode, there = nearest(all, y, "top", "bottom");
      const later = y > box(there).top + box(there).height / 2, rest = all.filter((row) => row !== own);
      const to = there === own ? all.indexOf(own) : rest.indexOf(there) + (later ? 1 : 0);
      if (to === all.indexOf(own)) return null;
      const view = box(scroller());
      return { values: { before: rest[to] ? key(rest[to]) : "" }, line: { left: view.left, top: (later ? box(there).bottom : box(there).top) - 2, width: view.width, height: 4 } };
    },
    card({ what }, x, y) {
      const cells = [...what.closest("tr").cells].slice(1), cell = nearest(cells, x, "left", "right");
      const cards = [...cell.querySelectorAll("[data-move]")], rest = cards.filter((card) => card !== what);
      const to = rest.findIndex((card) => y < box(card).top + box(card).height / 2);
      const before = rest[to < 0 ? rest.length : to], last = rest.at(-1);
      if (cell === what.closest("td") && cards[cards.indexOf(what) + 1] === before) return null;
      const top = before ? box(before).top - 6 : last ? box(last).bottom + 2 : box(cell).top + 4;
      const values = { to: number(heads()[cells.indexOf(cell)]), before: before ? before.id.split("-").at(-1) : "" };
      return { values, line: { left: box(cell).left + 6, top, width: box(cell).width - 12, height: 4 }, over: cell };
    },
  };
  const heads = () => table().tHead.rows[1].cells;
  const stages = () => table().querySelectorAll("th.stage");
  const kind = (what) => (what.matches(".stage") ? "stage" : what.matches(".step-name") ? "step" : what.matches(".lane") ? "lane" : "card");

  const look = () => {
    const at = places[kind(held.what)](held, held.x, held.y) || null;
    for (const old of document.querySelectorAll("[data-over]")) old.removeAttribute("data-over");
    at?.over?.setAttribute("data-over", "");
    held.line.hidden = !at;
    if (at) for (const [side, value] of Object.entries(at.line)) held.line.style[side] = `${value}px`;
    Object.assign(held.chip.style, { left: `${held.x + 12}px`, top: `${held.y + 12}px` });
    held.at = at;
  };
  const pull = (value, low, high) => (value < low + NEAR ? -1 : value > high - NEAR ? 1 : 0) * 14;
  const scroll = () => {
    const view = box(scroller());
    const side = kind(held.what) === "lane" ? 0 : pull(held.x, Math.max(view.left, 0), Math.min(view.right, innerWidth));
    const down = ["stage", "step"].includes(kind(held.what)) ? 0 : pull(held.y, Math.max(view.top, 0), Math.min(view.bottom, innerHeight));
    if (!side && !down) return;
    scroller().scrollBy(side, down);
    if (down && (held.y < NEAR || held.y > innerHeight - NEAR)) scrollBy(0, down);
    look();
  };
  const begin = () => {
    held.chip = Object.assign(document.createElement("div"), { className: "drag-chip", textContent: held.name });
    held.line = Object.assign(document.createElement("div"), { className: "drag-line" });
    document.body.append(held.line, held.chip);
    held.what.setAttribute("data-dragged", "");
    document.body.setAttribute("data-dragging", "");
    held.timer = setInterval(scroll, 16);
  };
  const letGo = () => {
    if (!held) return;
    clearInterval(held.timer);
    held.chip?.remove();
    held.line?.remove();
    for (const name of ["data-over", "data-dragged", "data-dragging"]) for (const node of document.querySelectorAll(`[${name}]`)) node.removeAttribute(name);
    held = null;
  };
  const drop = async () => {
    const { what, at } = held;
    letGo();
    if (!at) return;
    what.setAttribute("aria-busy", "true");
    const values = { ...at.values, version: table().dataset.version, at: "map", by: "drag" };
    await htmx.ajax("POST", what.dataset.move, { source: what, values, swap: "none" });
    what.removeAttribute("aria-busy"); // still there: refused, or without an answer
  };
  const name = (what) => (what.querySelector(".stage-name, .lane-name, .words, .step-title") ?? what).textContent.trim();
  addEventListener("pointerdown", (event) => {
    const grip = event.target.closest?.(".grip");
    if (!grip || event.button || held) return;
    event.preventDefault(); // no text is selected
    grip.setPointerCapture(event.pointerId);
    held = { what: grip.parentNode, name: name(grip.parentNode), from: [event.clientX, event.clientY] };
  });
  addEventListener("pointermove", (event) => {
    if (!held) return;
    Object.assign(held, { x: event.clientX, y: event.clientY });
    if (!held.chip && Math.hypot(held.x - held.from[0], held.y - held.from[1]) > 4) begin();
    if (held.chip) look();
  });
  addEventListener("pointerup", () => held && drop());
  addEventListener("pointercancel", letGo);
  addEventListener("keydown", (event) => {
    if (!held || event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    letGo();
  }, true);
  const dress = () => {
    if (held && !held.what.isConnected) letGo(); // drawn anew under the hand
    for (const what of table()?.querySelectorAll("[data-move]") ?? []) {
      const has = what.querySelector(":scope > .grip");
      if (!WIDE.matches) has?.remove();
      else if (!has) what.append(Object.assign(document.createElement("span"), { className: "grip no-print" }));
    }
  };
  document.addEventListener("click", (event) => { if (event.target.closest?.(".grip")) event.stopPropagation(); }, true);
  document.addEventListener("htmx:afterSettle", dress);
  document.addEventListener("autosave:closed", dress);
  WIDE.addEventListener("change", dress);
  dress();
}
