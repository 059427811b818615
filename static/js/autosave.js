// Saves a field as it is typed, so that nothing typed is lost and nothing unsaved looks saved. Attributes:
//   data-autosave           on a form with version, save and one or more `value`: sent by itself. data-explicit: only
//                           when it is submitted. data-root: id of what its answer takes the place of.
//   data-draft-of="key"     names person and field: what is typed is kept in this browser until the server has it.
//   data-status, data-error in the form: what is said of the save. The sentences stand on #save-words.
// One save at a time: a save without an answer is sent again as it was, with the same token, before anything newer.
// Fires `autosave:closed` on the document when a field is left, with what stood there and what stands there now.
{
  const QUIET = 700; // ms after the last keystroke
  const WAITS = [1, 2, 4, 8, 15, 30]; // seconds until a save is tried again
  const DEADLINE = 20_000;
  const states = new WeakMap();
  const closed = new Map(); // id of a field: as it looked before its form took its place
  const same = (some, others) => some && others && JSON.stringify(some) === JSON.stringify(others);
  const values = (form) => new FormData(form).getAll("value");
  const words = (name) => document.getElementById("save-words")?.dataset[name] ?? "";
  const fresh = () => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const rootOf = (form) => document.getElementById(form.dataset.root) ?? form;
  const announce = (text) => document.dispatchEvent(new CustomEvent("announce", { detail: { value: text } }));
  const drafts = {
    name: (form) => `field:${form.dataset.draftOf}`,
    keep(form) {
      const { pending } = states.get(form);
      const held = { values: values(form), version: form.elements.version.value, pending, at: Date.now(), of: form.elements.of?.value, path: location.pathname };
      try { localStorage.setItem(drafts.name(form), JSON.stringify(held)); } catch { /* full or private: the field still has it */ }
    },
    drop(form) { try { localStorage.removeItem(drafts.name(form)); } catch { /* nothing was kept */ } },
  };
  const isDirty = (form) => !same(values(form), states.get(form).known);

  // What the server gave, however early somebody typed over it.
  const given = (form) => [...form.querySelectorAll('[name="value"]')].flatMap((control) => {
    if (control.type === "checkbox") return control.defaultChecked ? [control.value] : [];
    if (control.options) return [([...control.options].find((option) => option.defaultSelected) ?? control.options[0])?.value ?? ""];
    return [control.defaultValue];
  });
  const begin = (form) => {
    if (states.has(form)) return;
    const now = given(form);
    states.set(form, { opened: now, known: form.hasAttribute("data-explicit") ? null : now, pending: null, busy: false, tries: 0 });
    for (const button of form.querySelectorAll(".inline-foot .button")) button.tabIndex = -1; // Tab itself saves
  };
  const say = (form, text, { tone = "", link = "", aloud = true } = {}) => {
    const place = form.querySelector("[data-status]");
    if (!place) return;
    if (aloud && place.textContent !== text) announce(text);
    place.textContent = text;
    place.dataset.tone = tone;
    if (link) {
      const way = Object.assign(document.createElement("a"), { href: link, textContent: words("signIn") });
      place.append(" ", way);
    }
  };
  const parsed = (html) => {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    return holder.content;
  };
  const put = (form, html) => {
    const root = rootOf(form);
    const hadFocus = root.contains(document.activeElement) || form.contains(document.activeElement);
    const id = root.id;
    htmx.swap(root, html, { swapStyle: "outerHTML", swapDelay: 0 });
    const shown = document.getElementById(id);
    if (hadFocus) (shown?.closest("[role=gridcell]") ?? shown?.querySelector(".inline-edit") ?? shown)?.focus();
    return shown;
  };
  // A field that closes moves what is below it. Under a finger or a pressed button that would be the thing just meant,
  // and the browser would see no click on it: so it closes once the pointer is let go.
  let isPressed = false;
  for (const type of ["pointerdown", "pointerup", "pointercancel"]) addEventListener(type, () => { isPressed = type === "pointerdown"; }, true);
  const onceReleased = (act) => {
    if (!isPressed) return act();
    const over = new AbortController();
    for (const type of ["pointerup", "pointercancel"]) addEventListener(type, () => { over.abort(); setTimeout(act); }, { signal: over.signal, capture: true });
    return null;
  };
  const close = (form) => onceReleased(() => { if (!form.dataset.gone) shut(form); });
  const shut = (form) => {
    const { opened, known, display, changed } = states.get(form);
    const html = display ?? closed.get(rootOf(form).id);
    const details = { opened, known, changed, form, version: form.elements.version.value, label: form.dataset.label };
    drafts.drop(form);
    form.dataset.gone = "yes";
    if (html) put(form, html);
    else htmx.ajax("GET", `${form.getAttribute("action")}?show=yes`, { target: rootOf(form), swap: "outerHTML" });
    document.dispatchEvent(new CustomEvent("autosave:closed", { detail: details }));
  };
  const later = (form) => {
    const state = states.get(form);
    clearTimeout(state.timer);
    state.timer = setTimeout(() => send(form), WAITS[Math.min(state.tries, WAITS.length - 1)] * 1000);
    state.tries += 1;
  };

  const ask = (form, { values: sent, token }) => {
    const body = new FormData();
    for (const name of ["csrfmiddlewaretoken", "version"]) body.append(name, form.elements[name].value);
    body.append("save", token);
    if (form.elements.of) body.append("of", form.elements.of.value); // the cell, should it be gone
    for (const value of sent) body.append("value", value);
    return fetch(form.getAttribute("action"), { method: "POST", body, headers: { "HX-Request": "true" }, signal: AbortSignal.timeout(DEADLINE) });
  };
  // After signing in again the page's token is void. The form is asked for once more: it says who is here now, too.
  const renewed = async (form) => {
    const answer = await fetch(form.getAttribute("action"), { headers: { "HX-Request": "true" }, signal: AbortSignal.timeout(DEADLINE) });
    if (answer.headers.get("HX-Redirect")) return "signedOut";
    const other = answer.ok ? parsed(await answer.text()).querySelector("form[data-autosave]") : null;
    if (!other) return "forbidden";
    if (other.dataset.draftOf !== form.dataset.draftOf) return "somebody";
    form.elements.csrfmiddlewaretoken.value = other.elements.csrfmiddlewaretoken.value;
    return "";
  };
  const sendOnce = async (form, state) => {
    let answer = await ask(form, state.pending);
    if (answer.status === 403) {
      const problem = await renewed(form);
      if (problem) return { problem };
      answer = await ask(form, state.pending);
    }
    if (answer.headers.get("HX-Redirect")) return { problem: "signedOut" };
    if ([403, 404].includes(answer.status)) return { problem: "forbidden" };
    if (answer.redirected || ![200, 409, 422].includes(answer.status)) return { problem: "busy" };
    return { status: answer.status, html: await answer.text() };
  };
  const send = async (form) => {
    const state = states.get(form);
    if (!form.isConnected || form.dataset.gone) return;
    clearTimeout(state.timer);
    if (state.busy) return; // its answer looks again
    if (!state.pending && !isDirty(form)) {
      drafts.drop(form);
      if (state.closing) close(form);
      return;
    }
    state.pending ??= { values: values(form), token: fresh() };
    state.busy = true;
    drafts.keep(form);
    say(form, words("saving"), { aloud: false });
    let heard;
    try { heard = await sendOnce(form, state); } catch { heard = { problem: "offline" }; }
    state.busy = false;
    if (heard.problem) failed(form, state, heard.problem);
    else answered(form, state, heard);
  };
  const failed = (form, state, problem) => {
    drafts.keep(form);
    const back = `${document.body.dataset.signIn}?next=${encodeURIComponent(form.dataset.back ?? location.pathname)}`;
    say(form, words(problem), { tone: "error", link: problem === "signedOut" ? back : "" });
    if (["offline", "busy"].includes(problem)) return later(form);
    state.waits = true; // for the person to do something; coming back to this window tries again
    state.closing = false;
    const dialog = document.getElementById("signed-out");
    if (problem !== "signedOut" || !dialog || dialog.open) return;
    const way = dialog.querySelector("a");
    if (way) way.href = back;
    dialog.showModal();
  };
  const answered = (form, state, { status, html }) => {
    const sent = state.pending.values;
    Object.assign(state, { pending: null, tries: 0, waits: false });
    const isLatest = same(values(form), sent);
    if (status === 409) return isLatest ? clash(form, html) : send(form);
    if (status === 422) {
      form.querySelector("[data-error]")?.replaceChildren(...(parsed(html).querySelector("[data-error]")?.childNodes ?? []));
      say(form, "");
      announce(form.querySelector("[data-error]")?.textContent ?? "");
      state.closing = false;
      return isLatest ? drafts.keep(form) : send(form);
    }
    const shown = parsed(html).firstElementChild;
    form.elements.version.value = shown.dataset.seen;
    Object.assign(state, { known: sent, display: html, changed: true });
    form.querySelector("[data-error]")?.replaceChildren();
    if (!isLatest) return send(form);
    drafts.drop(form);
    say(form, shown.dataset.saved, { tone: "saved" });
    if (state.closing) close(form);
  };
  const clash = (form, html) => {
    form.dataset.gone = "yes";
    const shown = put(form, html);
    if (shown?.matches("[data-kept]")) drafts.drop(form);
    announce(shown?.querySelector("h3")?.textContent.trim() ?? "");
  };
  const finish = (form) => {
    const state = states.get(form);
    state.closing = true;
    send(form);
  };
  const setTo = (form, wanted) => {
    [...form.querySelectorAll('[name="value"]')].forEach((control, place) => {
      if (control.type === "checkbox") control.checked = wanted.includes(control.value);
      else control.value = wanted[place] ?? "";
    });
  };
  const restore = (form) => {
    const state = states.get(form);
    setTo(form, state.opened);
    if (!state.pending && !state.changed) {
      clearTimeout(state.timer);
      announce(words("restored"));
      return close(form);
    }
    return finish(form);
  };

  const formOf = (node) => {
    const form = node?.closest?.("form[data-autosave]");
    if (!form || !document.getElementById("save-words")) return null; // on a page of its own it is a plain form
    begin(form);
    return form;
  };
  const look = () => { for (const form of document.querySelectorAll("form[data-autosave]")) formOf(form); };
  document.addEventListener("input", (event) => {
    const form = formOf(event.target);
    if (!form) return;
    const state = states.get(form);
    drafts.keep(form);
    if (form.hasAttribute("data-explicit") || state.waits || state.pending) return; // sent when its turn comes
    clearTimeout(state.timer);
    state.timer = setTimeout(() => send(form), QUIET);
  });
  document.addEventListener("submit", (event) => {
    const form = formOf(event.target);
    if (!form) return;
    event.preventDefault();
    finish(form);
  });
  document.addEventListener("focusout", (event) => {
    const form = formOf(event.target);
    if (!form || form.contains(event.relatedTarget) || form.hasAttribute("data-explicit") || states.get(form).waits) return;
    if (!document.hasFocus()) { if (isDirty(form)) send(form); return; }
    setTimeout(() => { if (form.isConnected && !form.contains(document.activeElement)) finish(form); });
  });
  document.addEventListener("keydown", (event) => {
    const form = formOf(event.target);
    if (!form || event.isComposing) return;
    if (event.key === "Escape" && !form.hasAttribute("data-explicit")) { event.preventDefault(); restore(form); }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); finish(form); }
  });
  document.addEventListener("click", (event) => {
    const form = event.target.closest?.("[data-cancel]") && formOf(event.target);
    if (!form) return;
    event.preventDefault();
    restore(form);
  });
  // inline.js gives a draft back: with its version and with the save that had no answer yet.
  document.addEventListener("autosave:draft", (event) => {
    const form = formOf(event.target);
    const { values: kept, version, pending } = event.detail;
    setTo(form, kept);
    form.elements.version.value = version;
    Object.assign(states.get(form), { pending });
    say(form, words("draft"));
  });
  const wake = () => {
    for (const form of document.querySelectorAll("form[data-autosave]")) {
      const state = states.get(form);
      if (!state || state.busy || !(state.waits || state.pending)) continue;
      state.waits = false;
      document.getElementById("signed-out")?.close();
      send(form);
    }
  };
  window.addEventListener("online", wake);
  window.addEventListener("focus", wake);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) wake(); });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target } = event.detail;
    if (target.matches?.("[data-inline]")) closed.set(target.id, target.outerHTML);
  });
  document.addEventListener("htmx:afterSettle", look);
  look();
}
