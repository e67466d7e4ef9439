// The form of one entry: everything within reach of one thumb, most of it optional.
import { stamp, timeAt } from "./clock.js";
import { contactOf, readCard } from "./card.js";
import { bitmapOf, canvasOf, small } from "./photos.js";
import { Camera, codeIn } from "./scan.js";

const EMPTY = {
  buyer_name: "", buyer_country: "", buyer_contact: "", product: "", temperature: "", amount: "0", pursued_amount: null,
  note: "", next_step: "", next_step_on: null, held_on: null, reached: "talk",
};
const AMOUNTS = ["amount", "pursued_amount"];

export class EntryForm {
  constructor(form, words, onSubmit) {
    this.form = form;
    this.words = words;
    this.fields = form.elements;
    this.photos = [];
    this.entry = null;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      onSubmit();
    });
    form.addEventListener("input", () => this.typed?.());
    this.fields.buyer_name.addEventListener("change", () => this.fillCountry());
    this.fields.camera.addEventListener("change", () => this.photograph());
    document.getElementById("scan").addEventListener("click", () => this.scan());
    document.getElementById("scan-stop").addEventListener("click", () => this.camera?.stop());
    for (const key of form.querySelectorAll("[data-days]")) key.addEventListener("click", () => this.inDays(Number(key.dataset.days)));
  }

  // The names suggested, the firms to choose from, the currency one usually talks in.
  use(programme) {
    this.programme = programme;
    const names = programme.buyers.map(({ name, country }) => Object.assign(document.createElement("option"), { value: name }, { dataCountry: country }));
    document.getElementById("known-buyers").replaceChildren(...names);
    const firms = programme.firms.map(({ id, name }) => new Option(name, id));
    this.fields.firm.replaceChildren(...firms);
    this.fields.firm.closest(".floor-app__choice").hidden = firms.length < 2;
    if (!this.entry && !this.touched) this.fields.currency.value = programme.currency;
  }

  get touched() {
    return Boolean(this.fields.buyer_name.value || this.fields.product.value || this.fields.amount.value || this.photos.length);
  }

  content() {
    const content = { ...this.beyond, ...EMPTY };
    for (const name of Object.keys(EMPTY)) {
      const control = this.fields[name];
      content[name] = control.value.trim() || EMPTY[name];
    }
    for (const name of AMOUNTS) content[name] = content[name] && content[name].replace(/[,\s]/g, "");
    if (content.reached === "talk") content.pursued_amount = null;
    content.currency = this.fields.currency.value;
    if (!content.buyer_name && this.photos.length) content.buyer_name = `${this.words.photoName} ${timeAt(this.programme.zone)}`;
    return content;
  }

  // What keeps the entry from being logged: [field, sentence] or null.
  problem() {
    const content = this.content();
    if (!content.buyer_name) return ["buyer_name", this.words.needBuyer];
    for (const name of AMOUNTS) {
      if (content[name] && !/^\d{1,15}(\.\d{1,2})?$/.test(content[name])) return [name, this.words.needNumber];
    }
    if (content.reached === "pursued" && !Number(content.pursued_amount)) return ["pursued_amount", this.words.needPursued];
    return null;
  }

  showProblem(problem) {
    for (const control of this.form.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
    const line = document.getElementById("form-problem");
    line.hidden = !problem;
    line.textContent = problem ? problem[1] : "";
    const control = problem && this.fields[problem[0]];
    if (!control?.focus) return;
    control.closest("details")?.setAttribute("open", "");
    control.setAttribute("aria-invalid", "true");
    control.focus();
  }

  fill(content, { entry = null } = {}) {
    this.entry = entry;
    for (const name of Object.keys(EMPTY)) {
      const value = content[name] ?? "";
      this.fields[name].value = AMOUNTS.includes(name) && !Number(value) ? "" : value;
    }
    if (!content.reached) this.fields.reached.value = "talk";
    if (content.currency) this.fields.currency.value = content.currency;
    document.getElementById("form-title").textContent = entry ? this.words.change : this.words.logOne;
    document.getElementById("form-leave").hidden = !entry;
  }

  clear() {
    this.form.reset();
    this.photos = [];
    this.fill({ reached: "talk" });
    this.fields.currency.value = this.programme.currency;
    this.showProblem(null);
    this.showPhotos();
  }

  fillCountry() {
    const known = this.programme.buyers.find(({ name }) => name === this.fields.buyer_name.value);
    if (known?.country && !this.fields.buyer_country.value) this.fields.buyer_country.value = known.country;
  }

  inDays(days) {
    const day = new Date(new Date(stamp()).getTime() + days * 86400000);
    this.fields.next_step_on.value = day.toISOString().slice(0, 10);
    this.typed?.();
  }

  useCode(text) {
    const card = readCard(text);
    if (card.buyer_name) this.fields.buyer_name.value = card.buyer_name;
    if (card.country) this.fields.buyer_country.value = card.country;
    const contact = contactOf(card);
    if (contact) this.fields.buyer_contact.value = contact;
    this.fillCountry();
    this.say(`${this.words.read} ${card.buyer_name}`);
    this.typed?.();
  }

  async photograph() {
    for (const file of this.fields.camera.files) {
      try {
        const picture = await bitmapOf(file);
        const code = this.fields.buyer_name.value ? null : await codeIn(picture);
        if (code) this.useCode(code);
        this.photos.push(await small(canvasOf(picture)));
      } catch {
        this.say(this.words.noPicture);
      }
    }
    this.fields.camera.value = "";
    this.showPhotos();
  }

  showPhotos() {
    const count = document.getElementById("photo-count");
    count.textContent = this.photos.length ? `${this.photos.length} ${this.words.photos}` : "";
  }

  async scan() {
    const box = document.getElementById("scanner");
    if (!Camera.possible) return this.say(this.words.noCamera);
    this.camera = new Camera(box.querySelector("video"));
    box.hidden = false;
    try {
      const text = await this.camera.look();
      if (text) this.useCode(text);
    } catch {
      this.say(this.words.noCamera);
    }
    this.camera.stop();
    box.hidden = true;
    this.fields.product.focus();
  }

  say(text) {
    document.getElementById("form-said").textContent = text;
  }
}
