// Forms of questions: ask only what applies, add rows to tables, count the characters left. Without this script every
// question and every spare row is shown, and the server decides the same way.

function given(form, name) {
  const values = new FormData(form).getAll(name);
  return values.map(String);
}

function applies(form, part) {
  const allowed = part.dataset.askedIn.split("\n");
  const source = form.querySelector(`[name="${CSS.escape(part.dataset.askedIf)}"]`);
  if (source?.closest("[data-asked-if]")?.hidden) return false;
  return given(form, part.dataset.askedIf).some((value) => allowed.includes(value));
}

function showWhatApplies(form) {
  for (const part of form.querySelectorAll("[data-asked-if]")) part.hidden = !applies(form, part);
}

function isEmpty(row) {
  return [...row.querySelectorAll("input")].every((input) => input.value.trim() === "");
}

function renumber(row, number) {
  for (const input of row.querySelectorAll("input")) {
    const label = row.querySelector(`label[for="${CSS.escape(input.id)}"]`);
    input.name = input.name.replace(/\.\d+\.([^.]+)$/, `.${number}.$1`);
    input.id = `${input.id}_${number}`;
    input.value = "";
    label.htmlFor = input.id;
  }
  row.querySelector(".bh-answer-table__number").textContent = String(number + 1);
  row.setAttribute("aria-label", row.getAttribute("aria-label").replace(/\d+/, String(number + 1)));
}

function startTable(table) {
  const rows = () => [...table.querySelectorAll("[data-row]")];
  const button = table.querySelector("[data-add-row]");
  let spare = true;
  for (const row of rows()) {
    if (!isEmpty(row)) continue;
    row.hidden = !spare;
    spare = false;
  }
  button.hidden = false;
  button.addEventListener("click", () => {
    let row = rows().find((one) => one.hidden);
    if (!row) {
      const last = rows().at(-1);
      row = last.cloneNode(true);
      renumber(row, rows().length);
      last.after(row);
    }
    row.hidden = false;
    row.querySelector("input").focus();
  });
}

function startCounter(area) {
  const counter = document.createElement("p");
  counter.className = "bh-hint bh-counter";
  area.after(counter);
  const count = () => {
    const left = Number(area.dataset.counter) - area.value.trim().length;
    counter.textContent = area.dataset.counterWords.replace("%(left)s", String(left));
    counter.classList.toggle("is-over", left < 0);
  };
  area.addEventListener("input", count);
  count();
}

for (const area of document.querySelectorAll("textarea[data-counter]")) startCounter(area);
for (const table of document.querySelectorAll("[data-rows]")) startTable(table);
for (const form of document.querySelectorAll("form:has([data-asked-if])")) {
  form.addEventListener("change", () => showWhatApplies(form));
  showWhatApplies(form);
}
