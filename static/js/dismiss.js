// Removes a toast or notice when its close button is pressed, and gives focus back to the page.
{
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-dismiss]");
    if (!button) return;
    button.closest(".notice")?.remove();
    document.getElementById("main")?.focus({ preventScroll: true });
  });
}
