// A trend with `data-trend`: a range input over the plot moves a crosshair by arrow keys, Home, End, touch and pointer,
// and says the values of the period in its `aria-valuetext` and in the line above.
{
  const attach = (figure) => {
    const spots = JSON.parse(figure.dataset.trend);
    const probe = figure.querySelector(".trend-probe");
    const line = figure.querySelector(".trend-cross");
    const dot = figure.querySelector(".trend-spot");
    const show = (index) => {
      const [x, y, text] = spots[index];
      probe.value = index;
      probe.setAttribute("aria-valuetext", text);
      figure.querySelector(".trend-readout").textContent = text;
      for (const end of ["x1", "x2"]) line.setAttribute(end, x);
      dot.setAttribute("cx", x);
      dot.setAttribute("cy", y);
      figure.classList.add("is-probed");
    };
    const nearest = (share) => {
      let best = 0;
      spots.forEach(([x], index) => { if (Math.abs(parseFloat(x) - share) < Math.abs(parseFloat(spots[best][0]) - share)) best = index; });
      return best;
    };
    probe.hidden = false;
    probe.addEventListener("input", () => show(Number(probe.value)));
    probe.addEventListener("focus", () => show(Number(probe.value)));
    probe.addEventListener("pointermove", (event) => {
      const box = probe.getBoundingClientRect();
      show(nearest((100 * (event.clientX - box.left)) / box.width));
    });
  };
  for (const figure of document.querySelectorAll("[data-trend]")) attach(figure);
}
