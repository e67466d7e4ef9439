// On one of a criterion's scores, a digit chooses the score of that number.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.type !== "radio") return;
  const criterion = event.target.closest("[data-criterion]");
  const wanted = criterion?.querySelector(`input[type="radio"][value="${CSS.escape(event.key)}"]`);
  if (!wanted || wanted.checked) return;
  wanted.focus();
  wanted.click();
});
