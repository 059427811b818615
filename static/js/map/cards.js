// The menu of a card, for those who may move it: all that its handle does, at the press of a button. Attributes:
//   data-move="url"         on a card: it gets a button; the menu is what the address answers (structure.js shows it).
//   data-menu-of            on the table: how the button is called, with % for the name of its card.
{
  const dress = () => {
    const grid = document.querySelector("table[data-grid]");
    for (const card of grid?.querySelectorAll(".grid-item[data-move]:not(:has(> .card-menu))") ?? []) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "card-menu no-print" });
      button.setAttribute("aria-label", grid.dataset.menuOf.replace("%", () => card.querySelector(".words").textContent.trim()));
      card.append(button);
    }
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".card-menu");
    if (button) htmx.ajax("GET", button.parentNode.dataset.move, { source: button, target: "#map-menu", swap: "innerHTML" });
  });
  document.addEventListener("htmx:afterSettle", dress);
  dress();
}
