// What a choice makes pointless is not shown. A form says so in data-pointless: "secret name: sign_in=none; body: method=GET".
// "!=" turns it round. Without this, everything is shown.
{
  const rules = (form) => form.dataset.pointless.split(";").map((rule) => rule.match(/\s*(.+):\s*(\w+)(!?)=(\w+)/));
  const look = (form) => {
    const pointless = new Set();
    for (const [, names, control, not, value] of rules(form)) {
      const chosen = form.elements[control]?.value;
      if (chosen !== undefined && (chosen === value) !== (not === "!")) names.split(" ").forEach((name) => pointless.add(name));
    }
    for (const part of form.querySelectorAll("[data-part]")) part.hidden = pointless.has(part.dataset.part);
  };
  const lookAll = () => document.querySelectorAll("form[data-pointless]").forEach(look);
  document.addEventListener("change", (event) => event.target.form?.matches("[data-pointless]") && look(event.target.form));
  addEventListener("pageshow", lookAll);
  lookAll();
}
