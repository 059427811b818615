// A text that this browser keeps for a cell that is on the map no more is given to the server, which keeps it under
// "Recovered texts" if its lane or step was deleted. Attributes of #cell-offer:
//   data-recovered="url"    takes it; data-drafts: how the keys of this person's cells begin.
{
  const asked = new Set(); // once a page: a cell can be there and hidden, and then the browser goes on keeping its text
  const give = async (key, held) => {
    const body = new FormData();
    body.append("of", held.of);
    for (const value of held.values) body.append("value", value);
    const headers = { "HX-Request": "true", ...JSON.parse(document.body.getAttribute("hx-headers")) };
    const answer = await fetch(document.getElementById("cell-offer").dataset.recovered, { method: "POST", body, headers });
    if (answer.status !== 201) return;
    localStorage.removeItem(key);
    htmx.swap(document.getElementById("toasts"), await answer.text(), { swapStyle: "beforeend" });
  };
  const look = () => {
    const { drafts } = document.getElementById("cell-offer")?.dataset ?? {};
    for (const key of drafts ? Object.keys(localStorage) : []) {
      if (!key.startsWith(`field:${drafts}`) || asked.has(key)) continue;
      const held = JSON.parse(localStorage.getItem(key));
      const [lane, step] = key.split("/").slice(-2);
      if (!held?.of || held.path !== location.pathname || document.getElementById(`cell-${lane}-${step}`)) continue;
      asked.add(key);
      give(key, held).catch(() => asked.delete(key)); // no connection: with the next look
    }
  };
  document.addEventListener("htmx:afterSettle", look);
  window.addEventListener("online", look);
  try { look(); } catch { /* storage is off: nothing was kept */ }
}
