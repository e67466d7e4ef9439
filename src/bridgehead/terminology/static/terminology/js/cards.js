// The card of a known term: shown on hover and focus, hidden by Escape, and it stays while the pointer is on it (WCAG 1.4.13).
// A first tap shows the card, a second one follows the link; a tap elsewhere hides it.

const HIDE_AFTER = 200;
const cards = new Map();
let card = null;
let owner = null;
let hiding = 0;
let pointer = "mouse";
let tapped = null;

document.addEventListener("pointerover", (event) => {
  const term = event.target.closest?.("[data-term-card]");
  if (term) show(term);
  else if (event.target.closest?.(".bh-term-card")) clearTimeout(hiding);
  else hideLater();
});
document.addEventListener("focusin", (event) => {
  const term = event.target.closest?.("[data-term-card]");
  if (term) show(term);
  else hide();
});
document.addEventListener("pointerdown", (event) => {
  pointer = event.pointerType;
  if (pointer !== "mouse" && !event.target.closest?.("[data-term-card], .bh-term-card")) hide();
});
document.addEventListener("click", (event) => {
  const term = event.target.closest?.("[data-term-card]");
  if (!term || pointer === "mouse" || event.detail === 0 || tapped === term) return;
  event.preventDefault();
  tapped = term;
  show(term);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});

async function show(term) {
  clearTimeout(hiding);
  if (owner === term) return;
  const kept = tapped;
  hide();
  tapped = kept;
  owner = term;
  const text = await textOf(term.dataset.termCard);
  if (owner !== term || !text) return;
  card = document.createElement("div");
  card.className = "bh-term-card";
  card.id = "term-card";
  card.setAttribute("role", "tooltip");
  card.innerHTML = text;
  document.body.append(card);
  term.setAttribute("aria-describedby", card.id);
  place(term);
}

// Our own page, asked for once; without a network there is simply no card.
async function textOf(address) {
  if (!cards.has(address)) {
    const asked = fetch(address).then((answer) => (answer.ok ? answer.text() : ""));
    cards.set(address, asked.catch(() => (cards.delete(address), "")));
  }
  return cards.get(address);
}

function place(term) {
  const box = term.getBoundingClientRect();
  const width = document.documentElement.clientWidth;
  const left = Math.max(16, Math.min(box.left, width - card.offsetWidth - 16));
  const below = box.bottom + card.offsetHeight + 8 < window.innerHeight || box.top < card.offsetHeight + 8;
  const top = below ? box.bottom + 8 : box.top - card.offsetHeight - 8;
  card.style.left = `${left + window.scrollX}px`;
  card.style.top = `${top + window.scrollY}px`;
}

function hideLater() {
  clearTimeout(hiding);
  if (card) hiding = setTimeout(() => document.activeElement !== owner && hide(), HIDE_AFTER);
}

function hide() {
  clearTimeout(hiding);
  owner?.removeAttribute("aria-describedby");
  card?.remove();
  card = owner = tapped = null;
}
