// The floor log: an entry is put into this browser's queue first, then sent; what the network loses is sent again.
import { forget, read, restore, valuesOf, write } from "../../kit/js/drafts.js";
import { newId, Queue } from "./queue.js";

const RETRY = 20000;

class Log {
  constructor(form, notice) {
    this.form = form;
    this.notice = notice;
    this.words = notice.dataset;
    this.queue = new Queue(form.dataset.queue);
    this.draft = `floor:${form.dataset.queue}`;
    this.busy = false;
  }

  start() {
    if (!this.hasErrors) {
      this.form.elements.id.value = newId();
      this.bringBack();
    }
    for (const kind of ["input", "change"]) this.form.addEventListener(kind, () => this.keep());
    this.form.elements.buyer_name.addEventListener("change", () => this.fillCountry());
    this.form.addEventListener("submit", (event) => this.submit(event));
    window.addEventListener("online", () => this.flush());
    window.setInterval(() => this.flush(), RETRY);
    this.show();
    this.flush();
  }

  get hasErrors() {
    return Boolean(this.form.querySelector("[data-error-summary]"));
  }

  bringBack() {
    const draft = read(this.draft);
    if (!draft) return;
    this.form.elements.id.value = draft.id;
    restore(this.form, draft.values);
  }

  keep() {
    write(this.draft, { id: this.form.elements.id.value, values: valuesOf(this.form) });
  }

  fillCountry() {
    const country = this.form.elements.buyer_country;
    const options = [...document.querySelectorAll("#known-buyers option")];
    const known = options.find((option) => option.value === this.form.elements.buyer_name.value);
    if (known?.dataset.country && !country.value) country.value = known.dataset.country;
  }

  async submit(event) {
    const entry = { id: this.form.elements.id.value, values: valuesOf(this.form), state: "waiting" };
    if (!this.queue.put(entry)) return; // Nothing can be kept here: the browser sends the form the ordinary way.
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    const outcome = await this.send(entry);
    this.busy = false;
    if (outcome === "saved") return this.leave();
    if (outcome === "refused") {
      this.queue.drop(entry.id);
      return this.form.submit(); // The server's page says what is wrong, with everything typed.
    }
    this.clear();
    this.show(outcome === "signed-out");
  }

  // A fresh page rather than a reload, which would send a refused form again and keep what was typed.
  leave() {
    forget(this.draft);
    this.form.reset();
    window.location.assign(window.location.pathname);
  }

  clear() {
    forget(this.draft);
    this.form.reset();
    this.form.elements.id.value = newId();
    this.form.elements.buyer_name.focus();
  }

  async send(entry) {
    const body = new URLSearchParams(entry.values);
    const token = this.form.elements.csrfmiddlewaretoken.value;
    const headers = { "X-CSRFToken": token, Accept: "application/json" };
    try {
      const response = await fetch(this.form.action, { method: "POST", body, headers, redirect: "manual" });
      if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) return "signed-out";
      if (response.status === 422 || response.status === 404) return "refused";
      if (!response.ok) return "waiting";
      this.queue.drop(entry.id);
      return "saved";
    } catch {
      return "waiting";
    }
  }

  async flush() {
    if (this.busy) return;
    this.busy = true;
    let saved = 0;
    let signedOut = false;
    for (const entry of this.queue.all().filter((waiting) => waiting.state !== "refused")) {
      const outcome = await this.send(entry);
      if (outcome === "saved") saved += 1;
      if (outcome === "refused") this.queue.mark(entry.id, "refused");
      signedOut = outcome === "signed-out";
      if (outcome === "waiting" || signedOut) break;
    }
    this.busy = false;
    this.show(signedOut);
    if (saved && !this.typing) this.leave();
  }

  get typing() {
    return Boolean(read(this.draft));
  }

  show(signedOut = false) {
    const entries = this.queue.all();
    const waiting = entries.filter((entry) => entry.state !== "refused");
    this.notice.hidden = entries.length === 0;
    this.notice.replaceChildren();
    if (waiting.length) this.notice.append(paragraph(`${waiting.length} ${this.words.waiting}`));
    if (signedOut) this.notice.append(paragraph(this.words.signedOut));
    const list = document.createElement("ul");
    for (const entry of entries) list.append(this.line(entry));
    this.notice.append(list);
  }

  line(entry) {
    const line = document.createElement("li");
    const buyer = new Map(entry.values).get("buyer_name");
    line.append(paragraph(entry.state === "refused" ? `${buyer}: ${this.words.refused}` : buyer));
    if (entry.state !== "refused") return line;
    line.append(
      button(this.words.open, () => this.open(entry)),
      button(this.words.discard, () => this.discard(entry)),
    );
    return line;
  }

  open(entry) {
    restore(this.form, entry.values);
    this.form.elements.id.value = entry.id;
    this.keep();
    this.form.scrollIntoView();
    this.form.elements.buyer_name.focus();
  }

  discard(entry) {
    if (!window.confirm(this.words.sure)) return;
    this.queue.drop(entry.id);
    this.show();
  }
}

function paragraph(text) {
  const element = document.createElement("p");
  element.textContent = text;
  return element;
}

function button(text, action) {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = text;
  element.addEventListener("click", action);
  return element;
}

const form = document.getElementById("floor-form");
if (form) new Log(form, document.getElementById("floor-queue")).start();
