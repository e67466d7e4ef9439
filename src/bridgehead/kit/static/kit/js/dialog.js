// Native dialogs: the browser keeps the focus inside, closes on Escape and gives the focus back.

export function startDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog-open]");
    if (opener) document.getElementById(opener.dataset.dialogOpen)?.showModal();
    event.target.closest("[data-dialog-close]")?.closest("dialog")?.close();
    if (event.target instanceof HTMLDialogElement && event.target.open && outside(event)) event.target.close();
  });
}

// A click on the backdrop reaches the dialog itself, with a place outside of its box.
function outside(event) {
  const box = event.target.getBoundingClientRect();
  const across = event.clientX < box.left || event.clientX > box.right;
  return across || event.clientY < box.top || event.clientY > box.bottom;
}
