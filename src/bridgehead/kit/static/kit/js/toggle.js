// Buttons that show and hide another element, and menus that close when one looks elsewhere.

function set(button, open) {
  const target = document.getElementById(button.getAttribute("aria-controls"));
  button.setAttribute("aria-expanded", String(open));
  target?.classList.toggle("is-open", open);
}

export function startToggles() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-toggle]");
    if (button) set(button, button.getAttribute("aria-expanded") !== "true");
    for (const menu of document.querySelectorAll("details[data-popover][open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details[data-popover][open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}
