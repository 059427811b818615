// Opens a field in its place and leaves it again. autosave.js saves what is typed between. Attributes:
//   data-inline             on a field to read, with a link (.inline-edit) that htmx swaps for the field's form.
//   data-offer              in it: shown when this browser keeps a text that was not saved; data-offer-open and
//                           data-offer-drop are its buttons. A draft is never applied by itself.
//   data-keep-theirs        the way out of a conflict that gives up the own text, and with it the draft.
// #undo-toast is the template of what is offered after an edit: its button puts back what stood there before.
{
  const DAYS = 30;
  const wanted = new Set(); // drafts to be put into their form once it is open
  const name = (field) => `field:${field.dataset.draftOf}`;
  const read = (field) => {
    try {
      const held = JSON.parse(localStorage.getItem(name(field)));
      return held && Date.now() - held.at < DAYS * 864e5 ? held : null;
    } catch { return null; }
  };
  const drop = (field) => { try { localStorage.removeItem(name(field)); } catch { /* nothing was kept */ } };
  const open = (field) => field?.querySelector(".inline-edit")?.click();
  const focus = (form) => {
    const control = form.querySelector('[name="value"]');
    if (!control || form.contains(document.activeElement)) return;
    control.focus();
    if (control.matches("textarea, input[type=text]")) control.setSelectionRange(control.value.length, control.value.length);
  };
  const look = () => {
    for (const place of document.querySelectorAll("[data-offer]")) {
      const held = read(place.closest("[data-inline]"));
      place.hidden = !held;
    }
    for (const form of document.querySelectorAll("form[data-autosave]")) {
      if (!wanted.delete(form.dataset.draftOf)) continue;
      const held = read(form);
      if (held) form.dispatchEvent(new CustomEvent("autosave:draft", { detail: held, bubbles: true }));
    }
  };
  document.addEventListener("click", (event) => {
    const field = event.target.closest?.("[data-inline]");
    if (event.target.closest?.("[data-keep-theirs]")) drop(event.target.closest("[data-conflict]"));
    if (!field) return;
    if (event.target.closest("[data-offer-open]")) {
      wanted.add(field.dataset.draftOf);
      open(field);
    } else if (event.target.closest("[data-offer-drop]")) {
      drop(field);
      look();
      field.querySelector(".inline-edit")?.focus();
    } else if (event.target.closest(".inline-value") && !event.target.closest("a") && getSelection().isCollapsed) open(field);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "F2") return;
    const field = event.target.closest?.("[data-inline]");
    if (!field) return;
    event.preventDefault();
    open(field);
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const { elt } = event.detail;
    if (elt?.matches?.("form[data-autosave]")) focus(elt);
    look();
  });
  document.addEventListener("autosave:closed", (event) => {
    const { opened, known, changed, form, version, label } = event.detail;
    look();
    if (!changed) return;
    document.body.dispatchEvent(new CustomEvent("field-saved"));
    for (const old of document.querySelectorAll("[data-undo-toast]")) old.remove();
    const template = document.getElementById("undo-toast");
    if (!template || !label || JSON.stringify(opened) === JSON.stringify(known)) return;
    const toast = template.content.cloneNode(true);
    toast.querySelector("[data-undo-label]").textContent = label;
    const back = toast.querySelector("form");
    back.setAttribute("action", form.getAttribute("action"));
    Object.assign(back.dataset, { root: form.dataset.root, draftOf: form.dataset.draftOf, back: form.dataset.back });
    const held = { version, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value };
    const pairs = [...Object.entries(held), ...opened.map((value) => ["value", value])];
    for (const [key, value] of pairs) back.append(Object.assign(document.createElement("input"), { type: "hidden", name: key, value }));
    document.getElementById("toasts").append(toast);
  });
  document.addEventListener("inline:look", look);
  look();
}
