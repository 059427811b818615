// Opens a <dialog> from a button (`data-dialog="id"`), closes it by button or a click beside it.
{
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.dialog);
      if (dialog) { event.preventDefault(); dialog.showModal(); }
    } else if (event.target.closest("[data-close]")) {
      event.target.closest("dialog")?.close();
    } else if (event.target.matches("dialog[open]")) {
      event.target.close();
    }
  });
}
