// Times on the page are on the clock of the fair. A device set to another zone gets its own time beside them.

const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
const language = document.documentElement.lang;

const clock = (moment, timeZone) =>
  new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone }).format(moment);

for (const note of document.querySelectorAll("[data-own-zone]")) {
  const there = note.dataset.ownZone;
  const now = new Date();
  if (!own || clock(now, own) === clock(now, there)) continue;
  note.textContent = note.dataset.text.replace("[zone]", own);
}

for (const time of document.querySelectorAll("[data-own-time]")) {
  const zone = document.querySelector("[data-own-zone]")?.dataset.ownZone;
  const moment = new Date(time.dateTime);
  if (!zone || !own || clock(moment, own) === clock(moment, zone)) continue;
  const beside = document.createElement("span");
  beside.className = "bh-subtle bh-small";
  beside.textContent = ` (${own} ${clock(moment, own)})`;
  time.after(beside);
}

// A paper made on the server gets the device's zone with its address.
for (const link of document.querySelectorAll("[data-own-zone-link]")) {
  if (own) link.href = `${link.getAttribute("href")}?zone=${encodeURIComponent(own)}`;
}
