// Forms that change something for good ask first.

export function startConfirm() {
  document.addEventListener(
    "submit",
    (event) => {
      const question = event.target.dataset.confirm;
      if (question && !window.confirm(question)) {
        event.preventDefault();
        event.stopPropagation();
      }
    },
    true,
  );
}
