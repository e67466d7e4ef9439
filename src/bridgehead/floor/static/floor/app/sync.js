// Edits on their way. An edit has an id of its own and stays here until the server has said what became of it; sent again
// it changes nothing there. An entry's edits are sent in their order, each with what the entry said when it began.
import { Refused, SignedOut, Unheard } from "./api.js";
import { correct, stamp } from "./clock.js";
import { importKey } from "./vault.js";

const AT_ONCE = 50;
const EVERY = 20000;

export class Sync {
  constructor(store, api, changed) {
    this.store = store;
    this.api = api;
    this.changed = changed; // called whenever something to be shown is different
    this.state = "quiet"; // quiet, sending, offline, signed-out
  }

  start() {
    window.addEventListener("online", () => this.run());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.run());
    window.setInterval(() => this.run(), EVERY);
    return this.run();
  }

  // One at a time, also over several tabs.
  async run() {
    if (this.again !== undefined) {
      this.again = true;
      return;
    }
    this.again = false;
    try {
      await navigator.locks.request("floor-sync", () => this.once());
    } finally {
      const again = this.again;
      this.again = undefined;
      if (again) await this.run();
    }
  }

  async once() {
    try {
      await this.greet();
      await this.sendEdits();
      await this.sendPhotos();
      this.state = "quiet";
    } catch (error) {
      if (error instanceof SignedOut) await this.signedOut(error);
      else if (error instanceof Unheard) this.state = "offline";
      else if (error?.name === "QuotaExceededError") this.state = "full";
      else throw error;
    }
    await this.changed();
  }

  async greet() {
    const waiting = await this.store.count("edits");
    const said = await this.api.hello({ phone: this.store.phone, label: label(), waiting });
    await this.store.unlock(said.user, await importKey(said.key), said.lease_hours);
    await this.store.setFact("offset", correct(said.now));
    await this.learn(said.programmes);
  }

  // What the server has, beside what this phone still has to tell: an entry with an edit on its way stays as it is here.
  async learn(programmes) {
    const waiting = new Set((await this.store.all("edits")).map((edit) => edit.entry));
    const plain = programmes.map(({ entries: _entries, ...programme }) => programme);
    await this.store.setSealed("programmes", plain);
    const changes = programmes.flatMap((programme) =>
      programme.entries
        .filter((entry) => !waiting.has(entry.id))
        .map((entry) => ({ store: "entries", id: entry.id, value: { ...entry, programme: programme.slug } })),
    );
    await this.store.write(changes);
  }

  async signedOut({ forget }) {
    this.state = "signed-out";
    if (forget) await this.store.forgetKey();
  }

  async sendEdits() {
    for (;;) {
      const ready = (await this.store.all("edits")).filter((edit) => !edit.errors).sort(byAge).slice(0, AT_ONCE);
      if (!ready.length) return;
      this.state = "sending";
      await this.changed();
      await this.store.write(ready.filter((edit) => !edit.tried).map((edit) => editChange({ ...edit, tried: true })));
      const edits = ready.map(({ id, entry, action, programme, firm, made_at, base, content }) => ({
        edit: id, id: entry, action, programme, firm, made_at, base, content,
      }));
      const { outcomes } = await this.api.sync({ phone: this.store.phone, clock: stamp(), edits });
      const heard = await this.settle(ready, outcomes);
      if (!heard) return;
    }
  }

  // Returns how many edits are done with. What the server did not mention stays.
  async settle(sent, outcomes) {
    const outcomeOf = new Map(outcomes.map((outcome) => [outcome.edit, outcome]));
    const changes = [];
    let heard = 0;
    for (const edit of sent) {
      const outcome = outcomeOf.get(edit.id);
      if (!outcome) continue;
      heard += 1;
      if (outcome.state === "refused") changes.push(editChange({ ...edit, tried: true, errors: outcome.errors }));
      else changes.push({ store: "edits", id: edit.id, remove: true });
    }
    await this.store.write(changes);
    return heard;
  }

  async sendPhotos() {
    const unsent = new Set((await this.store.all("edits")).map((edit) => edit.entry));
    for (const photo of await this.store.all("photos")) {
      if (unsent.has(photo.entry)) continue; // its entry goes first
      try {
        await this.api.photo(photo, await this.store.bytesOf(photo));
      } catch (error) {
        if (error instanceof Refused) continue;
        throw error;
      }
      await this.store.write([{ store: "photos", id: photo.id, remove: true }]);
    }
  }
}

export function editChange(edit) {
  const { id, entry, action, programme, firm, made_at, base, content, errors, tried, number } = edit;
  return { store: "edits", id, value: { entry, action, programme, firm, made_at, base, content, errors, tried, number } };
}

export function byAge(one, other) {
  return one.number - other.number;
}

function label() {
  const data = navigator.userAgentData;
  return data ? `${data.brands.at(-1)?.brand ?? ""} · ${data.platform}`.trim() : navigator.userAgent.slice(0, 100);
}
