export function startCopy() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    await copy(button.dataset.copy);
    const status = button.parentElement.querySelector("[role=status]");
    if (!status) return;
    status.textContent = button.dataset.copied;
    window.setTimeout(() => (status.textContent = ""), 3000);
  });
}

// navigator.clipboard exists on https and localhost only; an office network may have neither.
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
