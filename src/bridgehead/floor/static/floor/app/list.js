// The own list, and the one line that says how things stand between the phone and the server.
import { button, element } from "./dom.js";

export class List {
  constructor(words, actions) {
    this.words = words;
    this.actions = actions;
  }

  show(list, state, urls) {
    document.getElementById("today").textContent = list.today;
    document.getElementById("total").textContent = list.total;
    this.status(list, state);
    const rows = list.entries.map((entry) => this.row(entry, urls));
    document.getElementById("entries").replaceChildren(...rows);
    document.getElementById("no-entries").hidden = rows.length > 0;
  }

  status(list, state) {
    const line = document.getElementById("status");
    const parts = [];
    if (list.waiting) parts.push(`${list.waiting} ${this.words.waiting}`);
    if (list.photos) parts.push(`${list.photos} ${this.words.photosWaiting}`);
    if (list.refused) parts.push(`${list.refused} ${this.words.refused}`);
    if (!parts.length) parts.push(this.words.allSent);
    if (state === "offline") parts.push(this.words.offline);
    if (state === "sending") parts.push(this.words.sending);
    if (state === "full") parts.push(this.words.full);
    const text = parts.join(" · ");
    if (line.textContent !== text) line.textContent = text;
    line.dataset.waiting = list.waiting + list.refused;
    line.dataset.photos = list.photos;
    line.dataset.state = state;
    document.getElementById("signed-out").hidden = state !== "signed-out";
  }

  row(entry, urls) {
    const { content } = entry;
    const name = content.buyer_name;
    const head = element("p", { className: "floor-entry__buyer" }, entry.withdrawn ? element("s", { text: name }) : name);
    if (content.temperature) head.append(" ", this.badge(this.words[content.temperature], content.temperature === "hot" ? "danger" : "gray"));
    if (content.reached === "pursued") head.append(" ", this.badge(this.words.pursued, "primary"));
    if (entry.errors) head.append(" ", this.badge(this.words.toMend, "danger"));
    else if (entry.waiting) head.append(" ", this.badge(this.words.onPhone, "warning"));
    const amount = Number(content.amount) ? new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency: content.currency, maximumFractionDigits: 2, minimumFractionDigits: 0 }).format(content.amount) : "";
    const next = [content.next_step, content.next_step_on].filter(Boolean).join(", ");
    const facts = [content.held_on ?? entry.day, content.product, amount, next && `→ ${next}`, entry.photos && `${entry.photos} ${this.words.photos}`];
    const text = element("div", { className: "floor-entry__text" }, head, element("p", { className: "bh-small", text: facts.filter(Boolean).join(" · ") }));
    if (entry.errors) text.append(element("p", { className: "floor-app__problem", text: this.why(entry.errors) }));
    if (entry.conflicts?.length) {
      const link = element("a", { href: urls.decisions, text: `${this.words.conflicts} (${entry.conflicts.length})` });
      text.append(element("p", {}, link));
    }
    return element("li", { className: `floor-entry${entry.withdrawn ? " floor-entry--withdrawn" : ""}`, "data-entry": entry.id }, text, this.keys(entry));
  }

  keys(entry) {
    const name = entry.content.buyer_name;
    const keys = element("div", { className: "floor-app__keys" });
    if (entry.withdrawn) keys.append(button(this.words.undo, name, () => this.actions.restore(entry)));
    else keys.append(button(this.words.open, name, () => this.actions.open(entry)));
    if (entry.errors) keys.append(button(this.words.discard, name, () => this.actions.discard(entry)));
    else if (!entry.withdrawn) keys.append(button(this.words.takeBack, name, () => this.actions.withdraw(entry)));
    return keys;
  }

  why(errors) {
    const said = Object.entries(errors).map(([field, code]) => this.words[`why_${code.replaceAll(" ", "_")}`] ?? (code === "wrong" ? `${this.words.check} ${this.words[`field_${field}`] ?? ""}` : code));
    return said.join(" ");
  }

  badge(text, tone) {
    return element("span", { className: `krds-badge bg-light-${tone} bh-badge`, text });
  }
}
