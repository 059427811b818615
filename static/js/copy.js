// A button beside what is shown to be passed on: it selects it and copies it, over plain http too. Hidden without this.
{
  const field = (button) => button.parentElement.querySelector("[readonly]");
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    field(button).select();
    if (!document.execCommand("copy")) return;
    button.dispatchEvent(new CustomEvent("announce", { bubbles: true, detail: button.dataset.copy }));
    button.lastChild.textContent = button.dataset.copy;
  });
  const show = (root) => root.querySelectorAll("[data-copy]").forEach((button) => { button.hidden = false; });
  document.addEventListener("htmx:load", (event) => show(event.detail.elt));
  show(document);
}
