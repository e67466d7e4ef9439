// Counts down to the deadline. The server said how many seconds were left when it made the page; the clock of this
// phone only counts on from there, also while the page sleeps.

function words(seconds, days) {
  const parts = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60];
  const clock = parts.map((part) => String(part).padStart(2, "0")).join(":");
  const whole = Math.floor(seconds / 86400);
  return whole ? `${days.replace("%(n)s", String(whole))} ${clock}` : clock;
}

for (const place of document.querySelectorAll("[data-seconds-left]")) {
  const ends = Date.now() + Number(place.dataset.secondsLeft) * 1000;
  const clock = place.querySelector("[data-clock]");
  const show = () => {
    const left = Math.max(0, Math.round((ends - Date.now()) / 1000));
    clock.textContent = left ? words(left, place.dataset.days) : place.dataset.over;
    place.classList.toggle("is-short", left < 600);
  };
  place.hidden = false;
  show();
  window.setInterval(show, 1000);
}
