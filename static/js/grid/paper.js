// A map on paper: before printing, tables of a few steps each are made of its grid, cut between stages where a stage
// fits, each with the names of lanes and the heads of its columns. Afterwards they are gone. Attributes:
//   data-sheets="6"         on the table: how many steps a sheet has at most. data-foot: what stands below each;
//   data-goes-on            what stands after the name of a stage that goes on from the sheet before.
{
  const sheets = (table) => {
    const most = Number(table.dataset.sheets), found = [[]];
    let column = 0;
    for (const stage of table.querySelectorAll("thead th.stage")) {
      if (found.at(-1).length && found.at(-1).length + stage.colSpan > most) found.push([]);
      for (let step = 0; step < stage.colSpan; step += 1) {
        if (found.at(-1).length === most) found.push([]);
        found.at(-1).push(column);
        column += 1;
      }
    }
    return found;
  };
  const sheet = (table, columns, words) => {
    const made = table.cloneNode(true), wanted = new Set(columns);
    for (const node of [made, ...made.querySelectorAll("[id]")]) node.removeAttribute("id");
    made.classList.add("grid-sheet");
    let first = 0;
    for (const stage of made.querySelectorAll("thead th.stage")) {
      const own = Array.from({ length: stage.colSpan }, (_, at) => first + at), shown = own.filter((at) => wanted.has(at));
      first += own.length;
      if (!shown.length) stage.remove();
      else stage.colSpan = shown.length;
      if (shown.length && shown[0] !== own[0]) stage.append(` ${table.dataset.goesOn}`);
    }
    [...made.tHead.rows[1].cells].forEach((head, at) => { if (!wanted.has(at)) head.remove(); });
    for (const row of made.tBodies[0].rows) {
      const cells = [...row.cells];
      if (cells.length === 1) cells[0].colSpan = columns.length + 1;
      else cells.slice(1).forEach((cell, at) => { if (!wanted.has(at)) cell.remove(); });
    }
    const foot = made.createTFoot().insertRow().insertCell();
    foot.colSpan = columns.length + 1;
    foot.textContent = words;
    return made;
  };
  addEventListener("beforeprint", () => {
    for (const table of document.querySelectorAll("table[data-sheets]:not(.grid-sheet, [hidden])")) {
      const all = sheets(table);
      table.after(...all.map((columns, at) => sheet(table, columns, `${table.dataset.foot} · ${at + 1}/${all.length}`)));
      table.hidden = true;
    }
  });
  addEventListener("afterprint", () => {
    for (const made of document.querySelectorAll(".grid-sheet")) made.remove();
    for (const table of document.querySelectorAll("table[data-sheets]")) table.hidden = false;
  });
}
