// Says aloud what changed: one polite live region for toasts, swapped-in `data-announce` and `announce` events.
{
  const region = () => document.getElementById("live");
  const say = (text) => {
    if (!text || !region()) return;
    region().textContent = "";
    setTimeout(() => { region().textContent = text.trim(); }, 80);
  };
  const sayAll = (root) => say([...root.querySelectorAll("[data-announce]")].map((el) => el.dataset.announce || el.textContent).join(" "));
  document.addEventListener("announce", (event) => say(event.detail.value ?? event.detail));
  document.addEventListener("htmx:afterSettle", (event) => sayAll(event.detail.elt.parentNode ?? document));
  sayAll(document);
}
