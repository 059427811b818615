// An expired session never looks like a save: the answer is dropped, the typed text stays, a dialog says what to do.
{
  const isSignIn = (url) => {
    const path = document.body.dataset.signIn;
    return Boolean(path && url && new URL(url, location.href).pathname === path && location.pathname !== path);
  };
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const { xhr } = event.detail;
    if (xhr.status !== 401 && !isSignIn(xhr.responseURL) && !isSignIn(xhr.getResponseHeader("HX-Redirect"))) return;
    event.preventDefault();
    document.getElementById("signed-out")?.showModal();
  });
}
