/* "Near me": asks where the phone is when the button is pressed, and sends it rounded to a tenth of a degree. */
(() => {
  "use strict";
  const form = document.querySelector("[data-near]");
  if (!form || !navigator.geolocation) return;
  const error = form.querySelector("[data-near-error]");
  const button = form.querySelector("button");
  const round = (degrees) => (Math.round(degrees * 10) / 10).toFixed(1);
  const busy = (on) => button.setAttribute("aria-busy", on);
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    if (form.elements.at.value) return;
    event.preventDefault();
    error.hidden = true;
    busy(true);
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      form.elements.at.value = `${round(coords.latitude)},${round(coords.longitude)}`;
      form.submit();
    }, () => {
      error.hidden = false;
      busy(false);
    }, { timeout: 15000, maximumAge: 600000 });
  });
})();
