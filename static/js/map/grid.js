// The map as an ARIA grid for those who edit it: one tab stop, arrows, Home and End (with Ctrl: of the whole map),
// Enter or F2 into a cell (Enter to the points of a curve or to its cards first, and arrows from one to the next), Esc
// out of it, Tab out of an open form to the next cell. Without this script, and on phones, the map stays a table whose
// links are reached with Tab. Attribute:
//   data-grid               on the table.
//   data-close              on a link that closes what was opened in a cell: Esc follows it.
{
  const WIDE = matchMedia("(width > 640px)");
  const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  let last = ""; // where the one tab stop was: a cell's sign, kept through swaps
  const table = () => document.querySelector("table[data-grid]");
  const cellOf = (node) => node?.closest?.("[role=gridcell], [role=columnheader], [role=rowheader]");
  const open = (cell) => cell.querySelector("form[data-autosave], [data-conflict]");
  const sign = (cell) => cell.id || cell.querySelector("[data-inline], [data-conflict], form[data-root]")?.id || `${cell.parentNode.rowIndex}/${cell.cellIndex}`;
  // Rows of cells as they are seen: a stage stands above each of its steps.
  const rows = () => {
    const found = [];
    [...table().rows].forEach((row, y) => {
      found[y] ??= [];
      let x = 0;
      for (const cell of row.cells) {
        while (found[y][x]) x += 1;
        for (let down = 0; down < cell.rowSpan; down += 1) {
          found[y + down] ??= [];
          for (let right = 0; right < cell.colSpan; right += 1) found[y + down][x + right] = cell;
        }
      }
    });
    return found;
  };
  const placeOf = (all, cell) => {
    const y = all.findIndex((row) => row.includes(cell));
    return [y, all[y].indexOf(cell)];
  };
  const stop = (cell) => {
    for (const each of table().querySelectorAll("[tabindex='0']")) if (cellOf(each) === each) each.tabIndex = -1;
    cell.tabIndex = 0;
    last = sign(cell);
  };
  const go = (cell) => {
    if (!cell) return;
    stop(cell);
    cell.focus();
  };
  const undress = (grid) => {
    grid.removeAttribute("role");
    grid.closest(".grid-scroll")?.setAttribute("tabindex", "0");
    for (const cell of grid.querySelectorAll("th, td")) {
      if (cell.localName === "td") cell.removeAttribute("role");
      cell.removeAttribute("tabindex");
      for (const control of cell.querySelectorAll(CONTROLS)) control.removeAttribute("tabindex");
    }
  };
  const dress = () => {
    const grid = table();
    if (!grid) return;
    if (!WIDE.matches) return isGrid() && undress(grid);
    grid.setAttribute("role", "grid");
    grid.closest(".grid-scroll")?.removeAttribute("tabindex"); // the grid itself is the stop
    for (const cell of grid.querySelectorAll("th, td")) {
      if (cell.localName === "td") cell.setAttribute("role", "gridcell");
      if (!cell.hasAttribute("tabindex")) cell.tabIndex = -1;
      if (!open(cell)) for (const control of cell.querySelectorAll(CONTROLS)) control.tabIndex = -1;
    }
    const cells = [...grid.querySelectorAll("th, td")];
    stop(cells.find((cell) => sign(cell) === last) ?? grid.querySelector("tbody td") ?? cells[0]);
  };
  const within = (cell) => [...cell.querySelectorAll(CONTROLS)].filter((each) => each.checkVisibility());
  const enter = (cell, isIn) => {
    const first = isIn && cell.querySelector(".emotion-point[data-part], .grid-item :is(a, button)");
    if (first) return first.focus();
    const inside = within(cell);
    const edit = cell.querySelector(".inline-edit, .map-place");
    if (edit) return edit.click();
    if (inside.length === 1 && inside[0].matches(".grid-menu")) return inside[0].click();
    inside[0]?.focus();
  };
  const move = (event, cell) => {
    const all = rows();
    const [y, x] = placeOf(all, cell);
    if (event.key === "Home") return go(event.ctrlKey ? all[0][0] : all[y][0]);
    if (event.key === "End") return go(event.ctrlKey ? all.at(-1).at(-1) : all[y].at(-1));
    const step = [...STEPS[event.key]];
    if (document.dir === "rtl") step[1] = -step[1];
    let at = [y, x];
    do at = [at[0] + step[0], at[1] + step[1]]; while (all[at[0]]?.[at[1]] === cell);
    go(all[at[0]]?.[at[1]]);
  };
  const next = (cell, back) => {
    const cells = [...table().querySelectorAll("tbody td")];
    return cells[cells.indexOf(cell) + (back ? -1 : 1)];
  };
  // Among the cards, links and buttons of a cell. Those that open it stand for the cell itself.
  const goOn = (event, cell) => {
    const all = within(cell).filter((each) => !each.matches(".inline-edit, .map-place"));
    const ways = { ArrowDown: 1, ArrowRight: document.dir === "rtl" ? -1 : 1, Tab: event.shiftKey ? -1 : 1 };
    const by = ways[event.key] ?? (event.key in STEPS ? -ways[event.key === "ArrowUp" ? "ArrowDown" : "ArrowRight"] : 0);
    const there = event.key === "Home" ? all[0] : event.key === "End" ? all.at(-1) : by ? all[all.indexOf(event.target) + by] : null;
    if (!there && event.key === "Tab") return; // out of the grid
    if (by || there) event.preventDefault();
    there?.focus();
  };
  const isGrid = () => table()?.getAttribute("role") === "grid";
  document.addEventListener("keydown", (event) => {
    const cell = isGrid() && table().contains(event.target) ? cellOf(event.target) : null;
    if (!cell || event.isComposing) return;
    const isInside = event.target !== cell;
    if (isInside && event.key === "Tab" && open(cell)?.matches("form")) {
      const parts = [...open(cell).querySelectorAll("[name=value]")];
      if (parts.at(event.shiftKey ? 0 : -1) !== event.target && parts.includes(event.target)) return; // to its next part
      const there = next(cell, event.shiftKey);
      if (!there) return;
      event.preventDefault();
      return go(there); // leaving the form saves it
    }
    if (isInside && event.key === "Escape" && !open(cell)) {
      go(cell);
      return cell.querySelector("[data-close]")?.click();
    }
    if (event.altKey || event.metaKey) return;
    if (isInside) return open(cell) || event.ctrlKey || event.target.matches(".emotion-point") ? null : goOn(event, cell);
    const isMove = event.key in STEPS || event.key === "Home" || event.key === "End";
    if (isMove && !event.shiftKey) {
      event.preventDefault();
      move(event, cell);
    } else if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault();
      enter(cell, event.key === "Enter");
    }
  });
  document.addEventListener("click", (event) => { // beside the words of a cell, which inline.js opens
    if (event.target.matches?.("td, .map-cell") && table()?.contains(event.target)) event.target.querySelector(".inline-edit, .map-place")?.click();
  });
  document.addEventListener("focusin", (event) => {
    const cell = isGrid() && table().contains(event.target) ? cellOf(event.target) : null;
    if (cell && event.target.matches(".inline-edit, .map-place")) cell.focus(); // focus.js and autosave.js come back to links
    else if (cell) stop(cell);
  });
  document.addEventListener("htmx:afterSettle", dress);
  document.addEventListener("autosave:closed", dress);
  WIDE.addEventListener("change", dress);
  dress();
}
