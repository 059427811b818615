// A file field that takes dropped files and says which file was chosen.
{
  const size = (bytes) => bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
  const show = (drop) => {
    const file = drop.querySelector("input").files[0];
    const name = drop.querySelector(".drop-name");
    name.dataset.empty ??= name.textContent;
    name.textContent = file ? `${file.name} · ${size(file.size)}` : name.dataset.empty;
  };
  const start = (root) => {
    for (const drop of root.querySelectorAll("[data-drop]:not([data-ready])")) { drop.dataset.ready = ""; show(drop); }
  };
  const over = (event, isOver) => event.target.closest?.("[data-drop]")?.toggleAttribute("data-over", isOver);
  document.addEventListener("change", (event) => { const drop = event.target.closest("[data-drop]"); if (drop) show(drop); });
  document.addEventListener("dragover", (event) => over(event, true));
  document.addEventListener("dragleave", (event) => over(event, false));
  document.addEventListener("drop", (event) => over(event, false));
  document.addEventListener("htmx:load", (event) => start(event.target.parentNode ?? document));
  start(document);
}
