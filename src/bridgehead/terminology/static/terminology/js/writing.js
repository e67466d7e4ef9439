// Looks through the texts of a form while somebody writes: words to avoid, and translations that are fixed.
// A form has fields that end in _ko and _en, or it is all in one language (data-term-lang).

const DELAY = 700;

for (const panel of document.querySelectorAll("[data-term-writing]")) {
  const form = panel.closest("form");
  if (form) watch(panel, form);
}

function watch(panel, form) {
  let waiting = 0;
  let asked = "";
  let asking = null;
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, DELAY);
  };

  // An answer that comes after a later question is thrown away; without a network the last one stays.
  async function ask() {
    const texts = textsOf(panel, form);
    if (String(texts) === asked) return;
    asked = String(texts);
    asking?.abort();
    asking = new AbortController();
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    try {
      const answer = await fetch(panel.dataset.termWriting, { method: "POST", body: texts, headers: { "X-CSRFToken": token }, signal: asking.signal });
      if (answer.ok) panel.querySelector("[data-term-answer]").innerHTML = await answer.text();
    } catch (error) {
      if (error.name !== "AbortError") asked = "";
    }
  }

  form.addEventListener("input", later);
  form.addEventListener("keyup", later);
  ask();
}

function textsOf(panel, form) {
  const texts = new URLSearchParams();
  const lang = panel.dataset.termLang;
  for (const field of form.querySelectorAll("textarea, input[type=text], [contenteditable=true]")) {
    const text = field.value ?? field.innerText;
    const suffix = lang ?? /_(ko|en)$/.exec(field.name ?? "")?.[1];
    if (suffix && text.trim() && !hidden(field)) texts.append(`text_${suffix}`, text);
  }
  for (const other of panel.querySelectorAll("[data-term-other]")) texts.append(`text_${other.dataset.termOther}`, other.content.textContent);
  return texts;
}

// Rich text editors keep their source in a hidden field beside what people see.
function hidden(field) {
  return field.type === "hidden" || field.closest("[hidden], [data-draftail-input]") !== null || field.offsetParent === null;
}
