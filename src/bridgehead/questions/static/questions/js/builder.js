// Shows only the options that belong to the kind of question; without this script all are shown, the others ignored.
const form = document.querySelector("form[data-kind-form]");
const kind = form?.elements.kind;

function show() {
  for (const part of form.querySelectorAll("[data-for-kinds]")) {
    part.hidden = !part.dataset.forKinds.split(" ").includes(kind.value);
  }
}

kind?.addEventListener("change", show);
if (kind) show();
