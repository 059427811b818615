// Keeps what is typed until the server has it, through a closed tab and an expired session. Attributes:
//   data-draft="key"        on a textarea or input: its text is kept in this browser under the key. The key names
//                           the person and the place ("7-reply-12"), so that nobody else is offered it.
//   data-draft-offer="key"  on a hidden element in the same form: shown when a draft differs from the field. In it,
//                           data-draft-restore and data-draft-discard are the buttons. A draft is never applied by itself.
//   data-draft-saved="key"  on anything in an answer: the server has the text (for forms that are not sent by htmx).
// A form sent by htmx that is answered with 2xx and not by the sign-in page lets its drafts go.
{
  const DAYS = 30;
  const name = (key) => `draft:${key}`;
  const read = (key) => {
    try {
      const held = JSON.parse(localStorage.getItem(name(key)));
      return held && Date.now() - held.at < DAYS * 864e5 ? held.text : null;
    } catch { return null; }
  };
  const drop = (key) => { try { localStorage.removeItem(name(key)); } catch { /* private mode: nothing was kept */ } };
  const keep = (key, text) => {
    if (!text.trim()) return drop(key);
    try { localStorage.setItem(name(key), JSON.stringify({ text, at: Date.now() })); } catch { /* full: the field still has it */ }
  };
  const offerOf = (field) => field.form?.querySelector(`[data-draft-offer="${CSS.escape(field.dataset.draft)}"]`);
  const fieldOf = (offer) => offer.closest("form").querySelector(`[data-draft="${CSS.escape(offer.dataset.draftOffer)}"]`);
  const offer = (field) => {
    const text = read(field.dataset.draft);
    const place = offerOf(field);
    if (!place || text === null || text === field.value || document.activeElement === field) return;
    place.hidden = false;
    const closed = field.closest("details:not([open])");
    if (closed) closed.open = true;
  };
  const look = (root) => {
    for (const saved of root.querySelectorAll("[data-draft-saved]")) drop(saved.dataset.draftSaved);
    for (const field of root.querySelectorAll("[data-draft]")) offer(field);
  };
  document.addEventListener("input", (event) => {
    const field = event.target.closest?.("[data-draft]");
    if (!field) return;
    keep(field.dataset.draft, field.value);
    const place = offerOf(field);
    if (place) place.hidden = true;
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-draft-restore], [data-draft-discard]");
    if (!button) return;
    const place = button.closest("[data-draft-offer]");
    const field = fieldOf(place);
    if (button.matches("[data-draft-restore]")) field.value = read(place.dataset.draftOffer) ?? field.value;
    else drop(place.dataset.draftOffer);
    place.hidden = true;
    field.focus();
  });
  // Before the answer is swapped in: the new fields must not be offered what was just sent.
  const accept = (event) => {
    const { xhr, requestConfig } = event.detail;
    if (requestConfig.verb === "get" || xhr.status < 200 || xhr.status > 299) return;
    if (document.getElementById("signed-out")?.open) return;
    for (const field of requestConfig.elt.querySelectorAll("[data-draft]")) drop(field.dataset.draft);
  };
  document.addEventListener("htmx:beforeSwap", accept);
  document.addEventListener("htmx:afterRequest", accept);
  document.addEventListener("htmx:afterSettle", (event) => look(event.detail.elt.parentNode ?? document));
  look(document);
}
