export function element(tag, { text, className, ...attributes } = {}, ...children) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export function button(text, what, action) {
  const made = element("button", { type: "button", className: "krds-btn medium text" }, text, element("span", { className: "sr-only", text: ` ${what}` }));
  made.addEventListener("click", action);
  return made;
}
