// What was typed, kept in this browser until the server has it. Keys: "draft:" + the form's data-autosave-key.

const PREFIX = "draft:";

export function read(key) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key));
  } catch {
    return null;
  }
}

// Returns whether the browser took it (private windows and full storage refuse).
export function write(key, draft) {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function forget(key) {
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    // Storage is switched off: there is nothing to forget.
  }
}

// [name, value] pairs in the order of the page; files cannot be kept, passwords and tokens must not.
export function valuesOf(form) {
  const secret = new Set([...form.querySelectorAll("input[type=password]")].map((input) => input.name));
  secret.add("csrfmiddlewaretoken");
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !secret.has(name));
}

export function same(left, right) {
  const sorted = (pairs) => JSON.stringify(pairs.map((pair) => pair.map((text) => text.replaceAll("\r\n", "\n"))).sort());
  return sorted(left) === sorted(right);
}

// Puts the values back. Returns whether anything on the page changed.
export function restore(form, pairs) {
  const before = valuesOf(form);
  for (const control of form.elements) {
    if (!control.name || ["file", "password", "hidden", "submit", "button"].includes(control.type)) continue;
    const values = pairs.filter(([name]) => name === control.name).map(([, value]) => value);
    if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
    else if (control.type === "select-multiple") for (const option of control.options) option.selected = values.includes(option.value);
    else if (values.length) fill(form, control, values);
  }
  return !same(before, valuesOf(form));
}

// What the kept values began from: the hidden fields that say so.
export function rebase(form, pairs) {
  for (const [name, value] of pairs) if (["version", "page"].includes(name) && form.elements[name]) form.elements[name].value = value;
}

// Several text fields may share a name (rows of a table): the n-th field takes the n-th value.
function fill(form, control, values) {
  const twins = [...form.elements].filter((other) => other.name === control.name);
  const value = values[twins.indexOf(control)];
  if (value !== undefined) control.value = value;
}
