// Who else is at a map and where they write, and what they save. While the page is in sight it says where it is and is
// told what is new (journeys/views/map_presence.py): often while something happens, seldom while nothing does, less and
// less often while there is no answer. A cell that others saved takes its place, unless somebody writes or is in it.
// Attributes of the element with data-presence="url":
//   data-changed, data-show what is said where more than cells changed, and the button that shows it.
// Of what comes: data-people on the list of people, data-at of each: a cell, "12-34" for lane and step.
{
  const LIVELY = [[60, 4], [600, 8], [Infinity, 12]]; // [until so many seconds after the last news, seconds between]
  const LONGEST = 60, DEADLINE = 10_000, REDRAWN = 10_000;
  const root = document.querySelector("[data-presence]");
  const page = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const grid = () => document.getElementById("map-grid");
  const list = () => document.getElementById("map-here");
  const announce = (text) => document.dispatchEvent(new CustomEvent("announce", { detail: { value: text } }));
  const beneath = new Set(); // what was said of texts saved below an open form, once each
  let seen = "", shown = null; // what of the map this page shows, as long as it has this very grid
  let stirred = Date.now(), redrawn = 0, failures = 0, timer, busy = false, told = "", drawer = "";

  const headOf = (row, at) => row.closest("table").tHead.rows[1].cells[at - 1];
  const cellAt = (place) => {
    const [lane, step] = place.split("-");
    const row = document.getElementById(`lane-${lane}`), head = document.getElementById(`step-${step}-head`);
    return row && head ? row.cells[head.cellIndex + 1] : null;
  };
  const at = () => { // the cell that the person writes in
    const now = document.activeElement;
    const form = now?.closest("form[data-root]")?.dataset.root ?? now?.closest("[data-conflict]")?.id ?? now?.closest(".emotion-point")?.closest(".map-cell")?.id;
    return /^cell-(\d+-\d+)$/.exec(document.querySelector("#drawer[open]") ? drawer : form)?.[1] ?? "";
  };
  const versions = () => [...grid().querySelectorAll("tr[id^='lane-']")].flatMap((row) => [...row.cells].flatMap((cell, place) => {
    const version = cell.querySelector("[data-seen]")?.dataset.seen ?? cell.querySelector("[name=version]")?.value;
    const step = version > 0 && /^lane-\d+$/.test(row.id) && headOf(row, place)?.id.split("-")[1];
    return step ? [`${row.id.slice(5)}-${step}.${version}`] : [];
  })).join(" ");

  // What somebody sees of a cell, without what scripts put there.
  const face = (cell) => {
    const copy = cell.cloneNode(true);
    for (const own of copy.querySelectorAll(".here-cell, .said, .inline-status, [data-offer], .grip")) own.remove();
    const facts = [...copy.querySelectorAll("[href], [src], [d], [data-level]")].map((each) => [each.getAttribute("href"), each.getAttribute("src"), each.getAttribute("d"), each.dataset.level].join());
    return `${copy.textContent.replace(/\s+/g, " ")}|${facts.join(" ")}`;
  };
  const isTaken = (cell, part) => cell.querySelector("form, [data-conflict], .htmx-request") || (part !== document.activeElement && part?.contains(document.activeElement));
  const came = (cell) => {
    htmx.process(cell);
    cell.dataset.fresh = "";
    setTimeout(() => delete cell.dataset.fresh, 4000);
  };
  const bring = (news) => {
    const cell = cellAt(news.dataset.cell);
    if (!cell) return true; // its lane is not on this page
    const old = cell.querySelector(".map-cell, .map-words, .storyboard");
    if (isTaken(cell, old)) {
      const form = cell.querySelector("form, [data-conflict]"), name = `${news.dataset.cell}.${news.dataset.version}`;
      if (!form || !news.dataset.beneath || beneath.has(name)) return false;
      beneath.add(name);
      form.querySelector(".here-beneath")?.remove();
      form.append(Object.assign(document.createElement("p"), { className: "here-beneath", textContent: news.dataset.beneath }));
      announce(news.dataset.beneath);
      return false;
    }
    old?.remove();
    cell.prepend(...news.content.childNodes); // what else stands in it, say the way to comments, keeps its focus
    came(cell);
    return true;
  };
  // Cards and curves: the page is asked for once more, and cells that differ take their place.
  const redraw = async () => {
    if (Date.now() - redrawn < REDRAWN) return false;
    redrawn = Date.now();
    const before = grid();
    const answer = await fetch(document.getElementById("map-refresh").getAttribute("hx-get"), { headers: { "HX-Request": "true" }, signal: AbortSignal.timeout(DEADLINE) });
    const fresh = answer.ok && parsed(await answer.text()).querySelector("#map-grid");
    if (!fresh || grid() !== before) return false;
    const rows = (place) => [...place.querySelectorAll("tr[id^='lane-']")], signs = (place) => rows(place).map((row) => row.id).join();
    if (fresh.dataset.structure !== grid().dataset.structure || signs(fresh) !== signs(grid())) return offer();
    let all = true;
    for (const row of rows(fresh)) {
      [...row.cells].forEach((cell, place) => {
        const own = document.getElementById(row.id).cells[place];
        const comesAlone = !row.hasAttribute("data-drawn") && own.querySelector("[data-seen], form");
        if (!place || comesAlone || face(cell) === face(own)) return;
        if (isTaken(own, own)) { all = false; return; }
        own.replaceChildren(...cell.childNodes);
        came(own);
      });
    }
    if (all) grid().dataset.cards = fresh.dataset.cards;
    return all;
  };
  const parsed = (html) => Object.assign(document.createElement("template"), { innerHTML: html }).content;

  const offered = () => document.querySelector("#toasts .here-changed");
  const offer = () => {
    if (offered()) return true;
    const toast = Object.assign(document.createElement("div"), { className: "notice here-changed" });
    const words = Object.assign(document.createElement("p"), { textContent: root.dataset.changed });
    const button = Object.assign(document.createElement("button"), { className: "button button--small", type: "button", textContent: root.dataset.show });
    toast.dataset.tone = "info";
    button.addEventListener("click", show);
    toast.append(words, button);
    document.getElementById("toasts").append(toast);
    announce(root.dataset.changed);
    return true;
  };
  const show = () => {
    const open = grid().querySelector("form[data-autosave]:not([data-explicit])");
    if (open) return document.addEventListener("autosave:closed", () => setTimeout(show), { once: true }); // it is being saved
    const { scrollLeft: left, scrollTop: top } = grid().querySelector(".grid-scroll");
    document.addEventListener("htmx:afterSettle", () => {
      const place = grid().querySelector(".grid-scroll");
      place.scrollTo({ left, top });
      if (document.activeElement === document.body) (place.querySelector("th[tabindex='0'], td[tabindex='0']") ?? place).focus({ preventScroll: true });
    }, { once: true });
    document.body.dispatchEvent(new CustomEvent("map-changed", { detail: {} }));
    return null;
  };

  // Who is in a cell stands in it, in the person's colour.
  const mark = () => {
    for (const old of document.querySelectorAll(".here-cell")) old.remove();
    for (const person of list().children) {
      const cell = person.dataset.at && cellAt(person.dataset.at);
      if (!cell) continue;
      let place = cell.querySelector(":scope > .here-cell");
      if (!place) cell.append(place = Object.assign(document.createElement("div"), { className: "here-cell" }));
      const one = Object.assign(document.createElement("span"), { textContent: person.dataset.here });
      one.dataset.hue = place.dataset.hue = person.dataset.hue;
      one.prepend(Object.assign(document.createElement("b"), { textContent: person.querySelector(".avatar").textContent, ariaHidden: "true" }), " ");
      place.append(one);
    }
  };
  const people = (fresh) => {
    list().replaceWith(fresh);
    const more = fresh.children.length - 8;
    if (more > 0) fresh.dataset.more = `+${more}`;
    mark();
  };

  const ask = (isWhole) => {
    const body = new FormData(), held = grid().dataset;
    told = at();
    const said = { page, at: told, people: list().dataset.people ?? "", seen, structure: held.structure, cards: held.cards };
    if (isWhole) said.cells = versions();
    for (const [name, value] of Object.entries(said)) body.append(name, value);
    const headers = { "HX-Request": "true", ...JSON.parse(document.body.getAttribute("hx-headers")) };
    return fetch(root.dataset.presence + location.search, { method: "POST", body, headers, signal: AbortSignal.timeout(DEADLINE) });
  };
  const take = async (news) => {
    const fresh = news.querySelector("#map-here");
    if (fresh) people(fresh);
    let all = true;
    for (const cell of news.querySelectorAll("template[data-cell]")) all = bring(cell) && all;
    const said = news.querySelector("[data-said]")?.textContent;
    if (said) announce(said);
    if (news.querySelector("[data-restructured]")) offer();
    if (news.querySelector("[data-cards]")) all = await redraw() && all;
    if (fresh || said || news.querySelector("template")) htmx.trigger(root, "htmx:afterSettle", { elt: list(), target: list() });
    return all;
  };
  const hear = async (answer) => {
    if (answer.headers.get("HX-Redirect") || [403, 404].includes(answer.status)) return "gone";
    if (![200, 204].includes(answer.status)) throw new Error(answer.status);
    const text = await answer.text();
    if (grid() !== shown) return ""; // it is about what stood there before
    const isAll = answer.status === 204 || await take(parsed(text));
    if (answer.status === 200) stirred = Date.now();
    if (answer.headers.get("X-Ask")) return "more";
    if (!isAll) seen = "";
    else seen = answer.headers.get("X-Seen") ?? seen;
    return "";
  };
  const beat = async () => {
    clearTimeout(timer);
    if (busy || document.hidden || !grid()) return;
    busy = true;
    if (grid() !== shown) { seen = ""; shown = grid(); }
    let heard = "";
    try {
      heard = await hear(await ask(!seen));
      if (heard === "more") heard = await hear(await ask(true));
      failures = 0;
    } catch {
      failures += 1;
    }
    busy = false;
    if (failures > 1 || heard === "gone") people(Object.assign(document.createElement("ul"), { id: "map-here" })); // nobody knows
    if (heard !== "gone") later(told === at() ? pace() : 0.3);
  };
  const pace = () => (failures ? Math.min(LONGEST, 4 * 2 ** failures) : LIVELY.find(([until]) => Date.now() - stirred < until * 1000)[1]);
  const later = (seconds) => {
    clearTimeout(timer);
    timer = setTimeout(beat, seconds * 1000);
  };
  const move = () => setTimeout(() => { if (!failures && at() !== told) later(0.3); });
  const leave = () => {
    const body = new FormData();
    for (const [name, value] of Object.entries({ page, leaves: "yes", csrfmiddlewaretoken: JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"] })) body.append(name, value);
    navigator.sendBeacon(root.dataset.presence, body);
  };
  if (root) {
    document.addEventListener("click", (event) => { drawer = event.target.closest?.("a[data-drawer]")?.dataset.drawer ?? drawer; }, true);
    document.addEventListener("input", () => { stirred = Date.now(); });
    for (const type of ["focusin", "focusout", "autosave:closed", "close"]) document.addEventListener(type, move, true);
    document.addEventListener("htmx:afterSettle", ({ detail }) => {
      move();
      if (grid() !== shown) { offered()?.remove(); later(0.3); }
      if (detail.elt !== list()) mark();
    });
    document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : beat()));
    addEventListener("online", beat);
    addEventListener("pagehide", leave);
    addEventListener("pageshow", (event) => { if (event.persisted) beat(); });
    beat();
  }
}
