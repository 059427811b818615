// Placing records in a cell of the map: the picker closes, and the focus is back in the cell. `map-placed` (an htmx
// trigger, after the cell has taken its place) says which link takes it.
document.addEventListener("map-placed", ({ detail }) => {
  const menu = document.getElementById("map-menu");
  if (menu?.matches(":popover-open")) menu.hidePopover();
  const undos = [...document.querySelectorAll("#toasts [data-undo]")];
  const isUndone = detail.elt?.matches?.("[data-undo]");
  for (const old of isUndone ? [detail.elt] : undos.slice(0, -1)) old.closest(".notice")?.remove();
  document.getElementById(detail.focus)?.focus();
});
