// What others changed in the same draft meanwhile: a second text is put beside its field, other changes are announced.

const form = document.querySelector("form[data-autosave-url]");
const news = document.querySelector("[data-foreign]");

function showConflicts(conflicts) {
  for (const part of form.querySelectorAll("[data-question-of]")) {
    const place = part.querySelector("[data-beside]");
    const html = conflicts[part.dataset.questionOf] ?? "";
    if (place && place.dataset.shown !== html) {
      place.dataset.shown = html;
      place.innerHTML = html;
    }
  }
}

form?.addEventListener("autosaved", (event) => {
  showConflicts(event.detail.conflicts ?? {});
  if (news) news.hidden = !(event.detail.foreign ?? []).length;
});
