// The draft's board: a meeting is taken up by mouse or by key, every place says at once whether it may go there, and why
// not. The server has the last word: it checks again and answers with the board as it then is.

const root = () => document.querySelector("#draft");
const board = () => document.querySelector("[data-board]");
let held = null; // { pair, name, verdicts, cell }

const say = (text) => {
  const place = root().querySelector("[data-said]");
  place.textContent = text;
};

const reasonFor = (cell) => {
  const verdict = held.verdicts.cells[cell.dataset.cell];
  return verdict === undefined ? held.verdicts.elsewhere : verdict;
};

const other = (cell) => {
  const card = cell.querySelector("[data-pair]");
  return card && card.dataset.pair !== held.pair ? card : null;
};

function describe(cell) {
  const [slot] = cell.dataset.cell.split(":");
  const card = other(cell);
  if (cell === held.cell) return `${cell.dataset.label}: ${board().dataset.here}`;
  if (card && held.cell) return `${cell.dataset.label}: ${board().dataset.swap.replace("%s", card.dataset.name)}`;
  const why = reasonFor(cell);
  const hint = held.verdicts.hints[slot];
  return `${cell.dataset.label}: ${why || [board().dataset.free, hint].filter(Boolean).join(", ")}`;
}

async function takeUp(card) {
  const pair = card.dataset.pair;
  held = { pair, name: card.dataset.name, verdicts: null, cell: card.closest("[data-cell]") };
  card.classList.add("bh-mm-card--held");
  const answer = await fetch(board().dataset.check.replace("PAIR", pair), { headers: { Accept: "application/json" } });
  if (!answer.ok || held?.pair !== pair) return leave();
  held.verdicts = await answer.json();
  for (const cell of board().querySelectorAll("[data-cell]")) {
    const why = reasonFor(cell);
    cell.classList.add(why ? "bh-mm-cell--no" : "bh-mm-cell--yes");
    cell.title = describe(cell);
  }
  say(board().dataset.taken.replace("%s", held.name));
}

function leave() {
  held = null;
  root().querySelector(".bh-mm-card--held")?.classList.remove("bh-mm-card--held");
  for (const cell of root().querySelectorAll("[data-cell]")) {
    cell.classList.remove("bh-mm-cell--no", "bh-mm-cell--yes", "bh-mm-cell--target");
    cell.removeAttribute("title");
    cell.removeAttribute("tabindex");
  }
}

async function send(fields) {
  root().querySelector("[data-problem]").textContent = "";
  const { change, revision, view, token } = board().dataset;
  const body = new FormData();
  for (const [key, value] of Object.entries({ revision, view, csrfmiddlewaretoken: token, ...fields })) body.set(key, value);
  const answer = await fetch(change, { method: "POST", body, headers: { "X-Board": "1" } });
  if (answer.status !== 200 && answer.status !== 422) {
    window.location.reload();
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  root().replaceWith(page.querySelector("#draft"));
  if (fields.pair) root().querySelector(`[data-pair="${fields.pair}"]`)?.focus();
}

async function putDown(cell) {
  const { pair } = held;
  const card = other(cell);
  const moved = held.cell !== null;
  const [slot, column] = cell.dataset.cell.split(":");
  const same = cell === held.cell;
  leave();
  if (same) return say(board().dataset.left);
  if (card && moved) return send({ do: "swap", pair, other: card.dataset.pair });
  return send({ do: "move", pair, slot, column });
}

function target(cell) {
  board().querySelector(".bh-mm-cell--target")?.classList.remove("bh-mm-cell--target");
  cell.classList.add("bh-mm-cell--target");
  cell.tabIndex = -1;
  cell.focus();
  say(describe(cell));
}

function neighbour(cell, key) {
  const all = [...board().querySelectorAll("tbody tr")];
  const row = cell.parentElement;
  const column = [...row.children].indexOf(cell);
  const step = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (step) return all[all.indexOf(row) + step]?.children[column];
  const beside = key === "ArrowRight" ? cell.nextElementSibling : cell.previousElementSibling;
  return beside?.matches("[data-cell]") ? beside : null;
}

document.addEventListener("dragstart", (event) => {
  const card = event.target.closest?.("[data-pair]");
  if (!card || !board()) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", card.dataset.pair);
  takeUp(card);
});
document.addEventListener("dragover", (event) => {
  const cell = event.target.closest?.("[data-cell]");
  if (!held || !cell) return;
  event.preventDefault();
  board().querySelector(".bh-mm-cell--target")?.classList.remove("bh-mm-cell--target");
  cell.classList.add("bh-mm-cell--target");
  if (held.verdicts) say(describe(cell));
});
document.addEventListener("drop", (event) => {
  const cell = event.target.closest?.("[data-cell]");
  if (!held || !cell) return;
  event.preventDefault();
  putDown(cell);
});
document.addEventListener("dragend", () => held && leave());

document.addEventListener("keydown", (event) => {
  if (!board()) return;
  const card = event.target.closest?.("[data-pair]");
  const cell = event.target.closest?.("[data-cell]");
  if (held && event.key === "Escape") {
    const { pair } = held;
    leave();
    say(board().dataset.left);
    root().querySelector(`[data-pair="${pair}"]`)?.focus();
  } else if (held?.verdicts && event.key.startsWith("Arrow")) {
    event.preventDefault();
    const from = board().querySelector(".bh-mm-cell--target") || held.cell || board().querySelector("[data-cell]");
    const next = held.cell || board().querySelector(".bh-mm-cell--target") ? neighbour(from, event.key) : from;
    if (next) target(next);
  } else if (held?.verdicts && cell && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    putDown(cell);
  } else if (!held && card && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    takeUp(card);
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-board-form]");
  if (!form || !board()) return;
  event.preventDefault();
  send(Object.fromEntries(new FormData(form)));
});
