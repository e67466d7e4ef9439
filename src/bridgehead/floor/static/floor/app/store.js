// The phone's own database. Three stores of sealed records (entries as they are shown, edits on their way, photos on
// their way) and one of plain facts: which phone this is, who uses it, its key, and when it last heard from the server.
import { openDB } from "../../idb/index.js";
import { open, openBytes, seal } from "./vault.js";

const HOUR = 3600000;
// On disk before we say so: a browser that is killed a moment later has kept it.
const SAFE = { durability: "strict" };

export class Locked extends Error {}

export class Store {
  static async open() {
    const db = await openDB("floor", 1, {
      upgrade(fresh) {
        fresh.createObjectStore("facts");
        for (const name of ["entries", "edits", "photos"]) {
          fresh.createObjectStore(name, { keyPath: "id" }).createIndex("user", "user");
        }
      },
    });
    const store = new Store(db);
    await store.recall();
    return store;
  }

  constructor(db) {
    this.db = db;
  }

  async recall() {
    this.phone = await this.db.get("facts", "phone");
    if (!this.phone) {
      this.phone = crypto.randomUUID();
      await this.db.put("facts", this.phone, "phone");
    }
    this.user = (await this.db.get("facts", "user")) ?? null;
    this.key = null;
    const held = this.user && (await this.db.get("facts", "key"));
    if (held && Math.abs(Date.now() - held.heard) < held.hours * HOUR) this.key = held.key;
    else if (held) await this.forgetKey();
  }

  get unlocked() {
    return Boolean(this.key);
  }

  async unlock(user, key, hours) {
    this.user = user;
    this.key = key;
    const facts = this.db.transaction("facts", "readwrite");
    await Promise.all([
      facts.store.put(user, "user"),
      facts.store.put({ key, hours, heard: Date.now() }, "key"),
      facts.done,
    ]);
  }

  async forgetKey() {
    this.key = null;
    await this.db.delete("facts", "key");
  }

  fact(name) {
    return this.db.get("facts", name);
  }

  setFact(name, value) {
    return this.db.put("facts", value, name);
  }

  // Facts about people are sealed as everything else.
  async setSealed(name, value) {
    const sealed = await seal(this.need(), `${this.user}:${name}`, value);
    await this.db.put("facts", { user: this.user, ...sealed }, name);
  }

  async sealed(name) {
    const record = await this.db.get("facts", name);
    return record?.user === this.user ? open(this.need(), `${this.user}:${name}`, record) : null;
  }

  need() {
    if (!this.key) throw new Locked();
    return this.key;
  }

  name(store, id) {
    return `${this.user}:${store}:${id}`;
  }

  async all(store) {
    const records = await this.db.getAllFromIndex(store, "user", this.user);
    if (store === "photos") return records;
    return Promise.all(records.map(async (record) => ({ ...record, ...(await this.read(store, record)) })));
  }

  count(store) {
    return this.db.countFromIndex(store, "user", this.user ?? 0);
  }

  async get(store, id) {
    const record = await this.db.get(store, id);
    return record?.user === this.user ? { ...record, ...(await this.read(store, record)) } : null;
  }

  read(store, record) {
    return open(this.need(), this.name(store, record.id), record);
  }

  bytesOf(photo) {
    return openBytes(this.need(), this.name("photos", photo.id), photo);
  }

  // Several records at once or none: what belongs together is never half there. `plain` fields stay readable.
  async write(changes) {
    const ready = await Promise.all(
      changes.map(async ({ store, id, remove, plain, value }) =>
        remove
          ? { store, id, remove }
          : { store, record: { id, user: this.user, ...plain, ...(await seal(this.need(), this.name(store, id), value)) } },
      ),
    );
    const stores = [...new Set(ready.map((change) => change.store))];
    if (!stores.length) return;
    const transaction = this.db.transaction(stores, "readwrite", SAFE);
    const done = ready.map(({ store, id, remove, record }) =>
      remove ? transaction.objectStore(store).delete(id) : transaction.objectStore(store).put(record),
    );
    await Promise.all([...done, transaction.done]);
  }
}
