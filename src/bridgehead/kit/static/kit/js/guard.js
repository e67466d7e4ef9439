// Asks before a page with unsaved changes is left. Forms that save themselves look after their own text.

const changed = new Set();

function guarded(form) {
  return form?.method === "post" && !("noGuard" in form.dataset) && !form.dataset.autosaveUrl && !form.hasAttribute("hx-post");
}

export function startGuard() {
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (guarded(form)) changed.add(form);
  });
  document.addEventListener("reset", (event) => changed.delete(event.target));
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) changed.delete(event.target);
  });
  window.addEventListener("beforeunload", (event) => {
    if ([...changed].some((form) => form.isConnected)) event.preventDefault();
  });
}
