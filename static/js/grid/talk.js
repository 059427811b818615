// Comments on a map, in the drawer (drawer.js): the one that the address names opens by itself, with the focus on it;
// Shift+F2 opens those of the cell one is in; once one was written, the numbers in the cells are asked for again. Attribute:
//   data-opens              on the link to the comment that the address names.
{
  const named = /^#c-(\d+)$/;
  let wanted = "";
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-drawer]");
    if (link) [wanted] = named.exec(link.hash) ?? [""];
  }, true);
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (detail.target?.id !== "drawer-body" || !wanted) return;
    document.getElementById(wanted.slice(1))?.focus();
    wanted = "";
  });
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const isWritten = detail.requestConfig.verb === "post" && detail.xhr.status === 200;
    if (isWritten && detail.target.closest?.("#drawer .comments")) document.body.dispatchEvent(new CustomEvent("field-saved"));
  });
  document.addEventListener("keydown", (event) => {
    const link = event.key === "F2" && event.shiftKey ? event.target.closest?.("td")?.querySelector(".talk") : null;
    if (!link) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // F2 alone opens the cell
    link.focus(); // where the focus is again once the drawer is closed
    link.click();
  }, true);
  const link = document.querySelector("[data-opens]");
  link?.focus();
  link?.click();
}
