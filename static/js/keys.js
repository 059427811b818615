// Shortcuts with single keys, for people who want them (`data-keys` on the body). Each presses what a person could press:
//   data-shortcut="g h"     on a link or button: its key, or two keys one after the other.
// `e` edits the field or cell one is in, else what the page is there to edit, else its first field.
// `c` without anything of its own on the page offers all there is to begin. Off while one types and while a dialog is open.
{
  const PAUSE = 1500;
  const FIELDS = "input, textarea, select, [contenteditable], [role=textbox]";
  let first = "";
  let timer = 0;
  const find = (keys) => document.querySelector(`[data-shortcut="${CSS.escape(keys)}"]`);
  const edit = (place) => place?.querySelector(".inline-edit");
  const here = () => document.activeElement?.closest("[data-inline], [role=gridcell]");
  const press = (keys) => {
    const found = keys === "e" ? edit(here()) ?? find(keys) ?? edit(document.querySelector("main")) : find(keys);
    if (found) found.click();
    else if (keys === "c") document.dispatchEvent(new CustomEvent("palette", { detail: document.querySelector("[data-new]")?.dataset.new }));
    else return false;
    return true;
  };
  document.addEventListener("keydown", (event) => {
    const isOurs = document.body.hasAttribute("data-keys") && !event.defaultPrevented && !event.repeat && !event.isComposing;
    // AltGr, which some keyboards need for [ and ], also says that Ctrl and Alt are down.
    const isModified = (event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState("AltGraph");
    if (!isOurs || isModified || event.key.length > 1) return;
    if (event.target.closest?.(FIELDS) || document.querySelector("dialog[open]")) return;
    const pair = first && `${first} ${event.key}`;
    clearTimeout(timer);
    first = "";
    if (press(pair || event.key)) event.preventDefault();
    else if (!pair) {
      first = event.key;
      timer = setTimeout(() => { first = ""; }, PAUSE);
    }
  });
}
