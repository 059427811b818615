// Parts that a phone shows folded: open in the page, so that they are there without scripts and in print.
{
  const narrow = matchMedia("(width <= 640px)");
  const folds = () => document.querySelectorAll("details[data-fold]");
  if (narrow.matches) for (const fold of folds()) fold.open = false;
  narrow.addEventListener("change", () => {
    for (const fold of folds()) fold.open = !narrow.matches;
  });
  addEventListener("beforeprint", () => {
    for (const fold of folds()) fold.open = true;
  });
}
