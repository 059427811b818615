// The command palette: search in a dialog, by keyboard. htmx asks the server (debounced, the answer to the last question
// counts); here are opening, choosing, and what was opened lately. Attributes:
//   data-palette            on a link to the search page: opens the palette in its place.
//   data-member, data-recent  on the dialog: whose list of records opened lately it is, and the record of this page.
// Kept in this browser are kinds and numbers alone, per member: the server words them as the member may read them now.
{
  const LATELY = 8;
  const dialog = document.getElementById("palette");
  if (dialog) {
    const form = dialog.querySelector("form");
    const field = form.elements.q;
    const list = document.getElementById("palette-list");
    const said = document.getElementById("palette-said");
    const name = `recent:${dialog.dataset.member}`;
    let isFresh = false; // the list answers what stands in the field
    let isWanted = false; // Enter was pressed before the answer came
    const lately = () => {
      try { return JSON.parse(localStorage.getItem(name)).filter((each) => /^[a-z]+-\d+$/.test(each)); } catch { return []; }
    };
    const remember = (record) => {
      const kept = [record, ...lately().filter((each) => each !== record)].slice(0, LATELY);
      try { localStorage.setItem(name, JSON.stringify(kept)); } catch { /* private mode: nothing is remembered */ }
    };
    const options = () => [...list.querySelectorAll("[role=option]")];
    const current = () => options().findIndex((option) => option.getAttribute("aria-selected") === "true");
    const point = (index) => {
      const all = options();
      field.setAttribute("aria-expanded", String(all.length > 0));
      field.removeAttribute("aria-activedescendant");
      if (!all.length) return;
      const at = (index + all.length) % all.length;
      all.forEach((option, each) => {
        option.id = `palette-option-${each}`;
        option.setAttribute("aria-selected", String(each === at));
      });
      all[at].scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", all[at].id);
    };
    const go = () => {
      const chosen = options()[current()];
      if (chosen) chosen.click();
      else if (field.value.trim()) form.submit();
    };
    const look = (event) => {
      isFresh = isWanted = false;
      field.removeAttribute("aria-activedescendant");
      form.elements.recent.value = lately().filter((each) => each !== dialog.dataset.recent).join(",");
      form.elements.recent.disabled = field.value.trim() !== "" || !form.elements.recent.value;
      if (event !== "input") form.dispatchEvent(new CustomEvent("look"));
    };
    const open = (words = "") => {
      if (document.querySelector("dialog[open]")) return;
      field.value = words;
      dialog.showModal();
      field.focus();
      look("open");
    };
    const failed = (event) => {
      if (event.detail.elt !== form) return;
      list.replaceChildren();
      said.textContent = said.dataset.failed;
      if (isWanted) form.submit();
    };
    if (dialog.dataset.recent) remember(dialog.dataset.recent);
    field.addEventListener("input", () => look("input"));
    field.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "ArrowDown") point(current() + 1);
      else if (event.key === "ArrowUp") point(current() - 1);
      else if (event.key === "Enter" && isFresh) go();
      else if (event.key === "Enter") isWanted = true;
      else return;
      event.preventDefault();
    });
    document.addEventListener("htmx:afterSwap", (event) => {
      if (event.detail.target !== list) return;
      isFresh = true;
      point(0);
      if (isWanted) go();
    });
    document.addEventListener("htmx:responseError", failed);
    document.addEventListener("htmx:sendError", failed);
    list.addEventListener("click", (event) => { if (event.target.closest("a") && !event.ctrlKey && !event.metaKey) dialog.close(); });
    dialog.addEventListener("close", () => { list.replaceChildren(); said.textContent = ""; });
    document.addEventListener("palette", (event) => open(event.detail));
    document.addEventListener("click", (event) => {
      const opener = event.target.closest("[data-palette]");
      if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      open();
    });
  }
}
