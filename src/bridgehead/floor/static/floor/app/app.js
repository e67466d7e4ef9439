// The consultation log that starts and works without a network. See docs/decisions for how an entry travels.
import { Api } from "./api.js";
import { Book } from "./book.js";
import { setOffset, stamp } from "./clock.js";
import { EntryForm } from "./form.js";
import { List } from "./list.js";
import { Store } from "./store.js";
import { Sync } from "./sync.js";

class App {
  constructor(root) {
    this.root = root;
    this.words = JSON.parse(document.getElementById("words").textContent);
    this.urls = root.dataset;
  }

  async start() {
    if (!window.isSecureContext || !crypto.subtle || !window.indexedDB || !navigator.locks) return this.unfit();
    if (navigator.serviceWorker) navigator.serviceWorker.register(this.urls.worker).catch(() => {});
    navigator.storage?.persist?.();
    this.store = await Store.open();
    setOffset((await this.store.fact("offset")) ?? 0);
    this.book = new Book(this.store);
    this.form = new EntryForm(document.getElementById("entry-form"), this.words, () => this.submit());
    this.form.typed = () => this.keepDraft();
    this.list = new List(this.words, {
      open: (entry) => this.open(entry),
      withdraw: (entry) => this.change(() => this.book.withdraw(entry.id)),
      restore: (entry) => this.change(() => this.book.withdraw(entry.id, "restore")),
      discard: (entry) => window.confirm(this.words.sure) && this.change(() => this.book.discard(entry.id)),
    });
    this.sync = new Sync(this.store, new Api(this.urls), () => this.show());
    document.getElementById("form-leave").addEventListener("click", () => this.form.clear());
    document.getElementById("programme").addEventListener("change", (event) => this.choose(event.target.value));
    await this.show();
    await this.bringDraft();
    this.root.dataset.ready = "yes";
    await this.sync.start();
  }

  unfit() {
    document.getElementById("unfit").hidden = false;
    document.getElementById("status").textContent = "";
    this.root.dataset.ready = "yes";
  }

  async show() {
    const programmes = this.store.unlocked ? await this.book.programmes() : [];
    const working = programmes.length > 0;
    document.getElementById("work").hidden = !working;
    document.getElementById("locked").hidden = working || this.sync.state === "quiet";
    document.getElementById("nothing").hidden = working || this.sync.state !== "quiet";
    document.getElementById("signed-out").hidden = this.sync.state !== "signed-out";
    if (!working) {
      document.getElementById("status").textContent = this.sync.state === "offline" ? this.words.offline : "";
      return;
    }
    this.setProgrammes(programmes);
    this.list.show(await this.book.list(this.slug), this.sync.state, { decisions: this.urls.decisions.replace("/slug/", `/${this.slug}/`) });
  }

  setProgrammes(programmes) {
    const select = document.getElementById("programme");
    const slugs = programmes.map((programme) => programme.slug).join();
    if (select.dataset.slugs !== slugs) {
      select.replaceChildren(...programmes.map(({ slug, title }) => new Option(title, slug)));
      select.dataset.slugs = slugs;
      select.closest(".floor-app__choice").hidden = programmes.length < 2;
    }
    const wanted = this.slug ?? decodeURIComponent(window.location.hash.slice(1));
    const programme = programmes.find(({ slug }) => slug === wanted) ?? programmes[0];
    this.slug = programme.slug;
    select.value = this.slug;
    document.getElementById("programme-title").textContent = programme.title;
    if (JSON.stringify(programme) !== this.seen) this.form.use(programme);
    this.seen = JSON.stringify(programme);
  }

  async choose(slug) {
    this.slug = slug;
    await this.show();
  }

  async submit() {
    const problem = this.form.problem();
    this.form.showProblem(problem);
    if (problem || this.busy) return;
    this.busy = true;
    const content = this.form.content();
    const said = { id: this.form.entry?.id, programme: this.slug, firm: Number(this.form.fields.firm.value), content, photos: this.form.photos };
    try {
      await this.book.save(said);
    } catch (error) {
      if (error?.name !== "QuotaExceededError" || !(await this.sendPast(said))) {
        this.form.showProblem([null, error?.name === "QuotaExceededError" ? this.words.stay : String(error)]);
        this.busy = false;
        return;
      }
    }
    this.busy = false;
    this.form.clear();
    this.form.say(`${this.words.logged} ${content.buyer_name}`);
    await this.forgetDraft();
    this.form.fields.buyer_name.focus();
    await this.show();
    this.sync.run();
  }

  // The phone is full: the entry goes straight to the server, and stays in the form if that fails. Sent twice it is one.
  async sendPast(said) {
    this.past ??= { entry: said.id ?? crypto.randomUUID(), edit: crypto.randomUUID() };
    const known = said.id ? await this.store.get("entries", said.id) : null;
    const edit = {
      edit: this.past.edit, id: this.past.entry, action: "save", programme: said.programme, firm: said.firm, made_at: stamp(),
      base: known?.content ?? null, content: said.content,
    };
    try {
      const { outcomes } = await this.sync.api.sync({ phone: this.store.phone, clock: stamp(), edits: [edit] });
      if (outcomes[0]?.state === "refused") return false;
      for (const bytes of said.photos) await this.sync.api.photo({ id: crypto.randomUUID(), entry: this.past.entry, at: stamp() }, bytes);
    } catch {
      return false;
    }
    this.past = null;
    return true;
  }

  async change(action) {
    await action();
    await this.show();
    this.sync.run();
  }

  open(entry) {
    this.form.fill(entry.content, { entry });
    this.form.fields.firm.value = entry.firm;
    this.form.form.scrollIntoView();
    this.form.fields.buyer_name.focus();
  }

  // What is being typed outlives a killed browser too.
  keepDraft() {
    window.clearTimeout(this.drafting);
    this.drafting = window.setTimeout(() => {
      if (this.form.entry || !this.store.unlocked) return;
      this.store.setSealed("draft", { programme: this.slug, content: this.form.content() }).catch(() => {});
    }, 300);
  }

  async bringDraft() {
    const draft = this.store.unlocked ? await this.store.sealed("draft") : null;
    if (!draft || !this.form.programme) return;
    if (draft.programme === this.slug) this.form.fill(draft.content);
  }

  async forgetDraft() {
    window.clearTimeout(this.drafting);
    await this.store.db.delete("facts", "draft");
  }
}

export const app = new App(document.getElementById("floor-app"));
export const started = app.start();
