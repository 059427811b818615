// A guess with `data-guess`: a slider beside the number field that is sent. Neither moved nor typed, it is no guess, and
// says so. The slider has no name: what nobody touched is never sent.
{
  const attach = (guess) => {
    const slider = guess.querySelector("input[type=range]");
    const number = guess.querySelector("input[type=number]");
    const { unit, none } = slider.dataset;
    const show = () => {
      const isGuessed = number.value !== "";
      slider.value = isGuessed ? number.value : slider.defaultValue;
      const said = Number(number.value).toLocaleString(document.documentElement.lang);
      slider.setAttribute("aria-valuetext", isGuessed ? `${said} ${unit}`.trim() : none);
      guess.toggleAttribute("data-guessed", isGuessed);
    };
    const take = () => { number.value = slider.value; show(); };
    slider.addEventListener("input", take);
    slider.addEventListener("pointerup", take); // on the very middle, where it stands already, nothing moves
    number.addEventListener("input", show);
    addEventListener("pageshow", show); // by then the browser has put back what was typed before
    guess.querySelector(".guess-slider").hidden = false;
  };
  for (const guess of document.querySelectorAll("[data-guess]")) attach(guess);
}
