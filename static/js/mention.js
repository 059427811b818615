// The list of people after @ in a field with `data-mention` (the address that gives them). Arrows choose, Enter or Tab
// takes, Escape closes. A chosen person's id goes along as `picked`; a name typed in full needs no choice.
{
  const WORDS = /(?:^|[\s(])@([^@\n]{0,40})$/u;
  let asked = 0;
  const listOf = (field) => field.closest("[data-mentions]").querySelector("[role=listbox]");
  const typed = (field) => WORDS.exec(field.value.slice(0, field.selectionStart))?.[1];
  const choices = (list) => [...list.querySelectorAll("[role=option]")];
  const close = (field) => {
    asked += 1;
    listOf(field).hidden = true;
    field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-expanded", "false");
  };
  const point = (field, index) => {
    const all = choices(listOf(field));
    const at = (index + all.length) % all.length;
    all.forEach((choice, each) => {
      choice.id = `${field.id}-choice-${each}`;
      choice.setAttribute("aria-selected", String(each === at));
    });
    all[at].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", all[at].id);
  };
  const current = (list) => choices(list).findIndex((choice) => choice.getAttribute("aria-selected") === "true");
  const prepare = (field) => {
    const list = listOf(field);
    list.id = `${field.id}-people`;
    for (const [key, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false", autocomplete: "off" })) field.setAttribute(key, value);
  };
  const show = async (field) => {
    const words = typed(field);
    if (words === undefined) return close(field);
    const mine = (asked += 1);
    const answer = await fetch(`${field.dataset.mention}?q=${encodeURIComponent(words)}`, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (mine !== asked || !answer?.ok || answer.redirected) return;
    const list = listOf(field);
    list.innerHTML = await answer.text();
    if (!choices(list).length) return close(field);
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    point(field, 0);
  };
  const take = (field, choice) => {
    const end = field.selectionStart;
    const start = end - typed(field).length;
    field.setRangeText(`${choice.dataset.name} `, start, end, "end");
    const picked = Object.assign(document.createElement("input"), { type: "hidden", name: "picked", value: choice.dataset.id });
    field.form.append(picked);
    close(field);
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  document.addEventListener("focusin", (event) => { if (event.target.matches("[data-mention]")) prepare(event.target); });
  document.addEventListener("input", (event) => { if (event.target.matches("[data-mention]")) show(event.target); });
  document.addEventListener("focusout", (event) => { if (event.target.matches("[data-mention]")) close(event.target); });
  document.addEventListener("keydown", (event) => {
    const field = event.target.closest?.("[data-mention]");
    if (!field || listOf(field).hidden) return;
    const list = listOf(field);
    if (event.key === "ArrowDown") point(field, current(list) + 1);
    else if (event.key === "ArrowUp") point(field, current(list) - 1);
    else if (event.key === "Escape") close(field);
    else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "Tab") take(field, choices(list)[current(list)]);
    else return;
    event.preventDefault();
  });
  // Before the field loses focus, which closes the list.
  document.addEventListener("mousedown", (event) => {
    const choice = event.target.closest("[data-mentions] [role=option]");
    if (!choice) return;
    event.preventDefault();
    take(choice.closest("[data-mentions]").querySelector("[data-mention]"), choice);
  });
}
