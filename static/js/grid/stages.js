// A map on a phone, where one stage is shown at a time. An address that names a stage, a step or a cell opens its stage;
// the one chosen is kept in the address in place of the last one, so that "back" leaves the map and coming back finds
// it. Lanes fold by their names. Without this script a phone shows the stages, all lanes open.
{
  const NARROW = matchMedia("(width <= 640px)");
  const folded = new Set();
  let last = "";
  const tabs = () => [...document.querySelectorAll(".grid-frame .stage-tab input")];
  const heads = () => [...document.querySelectorAll(".grid-frame th.stage")];
  const named = () => { try { return document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { return null; } };
  const choose = (value) => {
    const tab = tabs().find((each) => each.value === value);
    if (!tab) return;
    tab.checked = true;
    last = value;
    if (NARROW.matches) tab.parentNode.parentNode.scrollLeft = tab.parentNode.offsetLeft - 16;
  };
  const open = () => {
    const there = named(), cell = there?.closest(".grid-frame [data-stage]");
    if (!there?.closest(".grid-frame")) return;
    choose(cell ? cell.dataset.stage : String(heads().indexOf(there.closest("th.stage")) + 1));
    if (NARROW.matches) (there.checkVisibility() ? there : there.closest(".grid-frame")).scrollIntoView();
  };
  const fold = (name, isFolded) => {
    const row = name.closest("tr");
    row.toggleAttribute("data-folded", isFolded);
    folded[isFolded ? "add" : "delete"](row.id);
    name.setAttribute("aria-expanded", String(!isFolded));
  };
  const dress = () => {
    if (last) choose(last);
    for (const name of document.querySelectorAll(".grid-frame tbody .lane-name")) {
      const isButton = NARROW.matches;
      for (const [key, value] of Object.entries({ role: "button", tabindex: "0" })) isButton ? name.setAttribute(key, value) : name.removeAttribute(key);
      if (isButton) fold(name, folded.has(name.closest("tr").id));
      else name.removeAttribute("aria-expanded");
    }
  };
  const nameOf = (event) => (NARROW.matches ? event.target.closest?.(".grid-frame tbody .lane-name") : null);
  document.addEventListener("click", (event) => {
    const name = nameOf(event);
    if (name) fold(name, !name.closest("[data-folded]"));
  });
  document.addEventListener("keydown", (event) => {
    const name = [" ", "Enter"].includes(event.key) && nameOf(event);
    if (!name) return;
    event.preventDefault();
    name.click();
  });
  document.addEventListener("change", (event) => {
    if (!event.target.matches?.(".stage-tab input")) return;
    choose(event.target.value);
    const head = heads()[event.target.value - 1];
    if (head?.id) history.replaceState(history.state, "", `#${head.id}`);
  });
  document.addEventListener("htmx:afterSettle", dress);
  addEventListener("hashchange", open);
  NARROW.addEventListener("change", dress);
  dress();
  open();
}
