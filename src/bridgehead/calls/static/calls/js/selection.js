// The line of the ranking: dragged with the pointer, moved with the keys, both through the form of the what-if, so that the
// server computes the list from the same numbers.

const EDGE = 60;
const SCROLL = 24;

class Line {
  constructor(form) {
    this.form = form;
    this.wanted = null;
    document.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("click", (event) => this.click(event));
    document.addEventListener("pointerdown", (event) => this.grasp(event));
  }

  get room() {
    return document.getElementById("room");
  }

  get place() {
    return this.wanted ?? Number(this.room.dataset.line);
  }

  get rows() {
    return [...this.room.querySelectorAll("tr[data-rank]")];
  }

  // By threshold the line is a score: that of the last row above it. Otherwise it is a number of places.
  move(to) {
    const place = Math.min(Math.max(to, 0), Number(this.room.dataset.ranked));
    if (this.form.dataset.rule === "threshold") this.setThreshold(place);
    else this.set("places", place);
  }

  setThreshold(place) {
    const row = this.rows.find((one) => Number(one.dataset.rank) === Math.max(place, 1));
    if (row?.dataset.score) this.set("threshold", Math.floor(Number(row.dataset.score) * 100) / 100);
  }

  set(name, value) {
    const field = this.form.elements[name];
    field.value = value;
    if (name === "places") this.wanted = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  key(event) {
    if (event.target.id !== "line") return;
    const steps = { ArrowUp: -1, ArrowDown: 1, "-": -1, "+": 1, "=": 1, PageUp: -10, PageDown: 10 };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    this.move(this.place + step);
  }

  click(event) {
    const button = event.target.closest("[data-step], [data-less], [data-more]");
    if (!button) return;
    if (button.dataset.step) return void this.move(this.place + Number(button.dataset.step));
    const field = this.form.elements[button.dataset.less ?? button.dataset.more];
    if (!field) return;
    if (button.dataset.less) field.stepDown();
    else field.stepUp();
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // Escape, or the system taking the pointer away, leaves the line where it was.
  grasp(event) {
    if (event.target.id !== "line" || event.button !== 0) return;
    event.preventDefault();
    event.target.focus();
    const ended = new AbortController();
    const listen = (type, act) => document.addEventListener(type, act, { signal: ended.signal });
    const end = (place) => {
      ended.abort();
      document.body.classList.remove("bh-dragging");
      this.show(null);
      if (place !== null && place !== this.place) this.move(place);
    };
    document.body.classList.add("bh-dragging");
    listen("pointermove", (moved) => this.follow(moved.clientY));
    listen("pointerup", (moved) => end(this.at(moved.clientY)));
    listen("pointercancel", () => end(null));
    listen("keydown", (pressed) => pressed.key === "Escape" && end(null));
  }

  // Near the edge of the window the list comes along, so that a line can be dragged past what is on the screen.
  follow(y) {
    if (y < EDGE) window.scrollBy(0, -SCROLL);
    else if (y > window.innerHeight - EDGE) window.scrollBy(0, SCROLL);
    this.show(y);
  }

  // How many rows of the whole list are above this height; null on a page without rows.
  at(y) {
    const rows = this.rows;
    if (!rows.length) return null;
    const above = rows.filter((row) => {
      const box = row.getBoundingClientRect();
      return box.top + box.height / 2 < y;
    });
    return above.length ? Number(above.at(-1).dataset.rank) : Number(rows[0].dataset.rank) - 1;
  }

  show(y) {
    const place = y === null ? null : this.at(y);
    for (const row of this.rows) row.classList.toggle("bh-seat--here", Number(row.dataset.rank) === place);
  }
}

const form = document.getElementById("what-if");
if (form) {
  const line = new Line(form);
  document.addEventListener("htmx:afterSwap", () => {
    line.wanted = null;
  });
}
