// Filters apply themselves: a select at once, a search box after a pause when htmx answers. Enter works for everyone.
{
  const timers = new WeakMap();
  const send = (form) => form.requestSubmit();
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-autosubmit]");
    if (form && event.target.matches("select, [name][type=checkbox], [name][type=radio]")) send(form);
  });
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-autosubmit][hx-get]");
    if (!form || !event.target.matches("input[type=search]")) return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(send, 350, form));
  });
  // A plain submit leaves empty filters out of the address.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-autosubmit]:not([hx-get])")) return;
    for (const field of event.target.querySelectorAll("[name]")) if (field.value === "") field.disabled = true;
  });
  addEventListener("pageshow", () => {
    for (const field of document.querySelectorAll("form[data-autosubmit] :disabled")) field.disabled = false;
  });
}
