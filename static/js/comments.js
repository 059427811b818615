// `#c-12` in the address: a comment that the page does not hold (older, resolved) is fetched by its own address; one that
// it holds gets the focus. Ctrl+Enter sends a form with `data-sends`.
{
  const go = () => {
    const [, number] = /^#c-(\d+)$/.exec(location.hash) ?? [];
    const place = document.querySelector("[data-comments]");
    if (!number || !place) return;
    const comment = document.getElementById(`c-${number}`);
    if (comment) comment.focus();
    else if (new URLSearchParams(location.search).get("c") !== number) location.replace(`${place.dataset.comments}${number}/`);
  };
  window.addEventListener("hashchange", go);
  go();
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.closest?.("form[data-sends]")?.requestSubmit();
  });
}
