// The entries as the person at the stand sees them, and every change to them as an edit on its way.
import { dayAt, stamp } from "./clock.js";
import { byAge, editChange } from "./sync.js";

export class Book {
  constructor(store) {
    this.store = store;
  }

  // Logs a new entry (without id) or changes one. Photos are sealed bytes beside it. Returns the entry's id.
  // Throws QuotaExceededError when the phone is full: then nothing of it was kept.
  async save({ id = crypto.randomUUID(), programme, firm, content, photos = [], action = "save" }) {
    const { edit, replaced, entry } = await this.edit({ id, programme, firm, content, action });
    const changes = [editChange(edit), { store: "entries", id, value: entry }];
    if (replaced) changes.push({ store: "edits", id: replaced, remove: true });
    for (const bytes of photos) {
      const plain = { entry: id, at: stamp() };
      changes.push({ store: "photos", id: crypto.randomUUID(), plain, value: bytes });
    }
    entry.photos = (entry.photos ?? 0) + photos.length;
    await this.store.write(changes);
    return id;
  }

  async edit({ id, programme, firm, content, action }) {
    const edits = (await this.store.all("edits")).sort(byAge);
    const last = edits.filter((edit) => edit.entry === id).at(-1);
    const known = await this.store.get("entries", id);
    const slug = programme ?? known.programme;
    const said = content ?? last?.content ?? known.content;
    // One that has never left the phone, or was refused, is replaced; one that may have arrived is followed by another.
    const replace = last && action === "save" && last.action === "save" && (!last.tried || last.errors);
    const base = replace ? last.base : last ? last.content : (known?.content ?? null);
    const number = replace ? last.number : (edits.at(-1)?.number ?? 0) + 1;
    const made_at = replace ? last.made_at : stamp();
    const edit = { id: crypto.randomUUID(), entry: id, action, programme: slug, firm: firm ?? known.firm, made_at, base, content: said, number };
    const zone = (await this.programme(slug))?.zone ?? "UTC";
    const entry = {
      conflicts: [],
      logged_at: stamp(),
      day: dayAt(zone),
      ...bare(known),
      programme: slug,
      firm: edit.firm,
      content: said,
      withdrawn: action === "save" ? (known?.withdrawn ?? false) : action === "withdraw",
    };
    return { edit, replaced: replace ? last.id : null, entry };
  }

  async withdraw(id, action = "withdraw") {
    return this.save({ id, action });
  }

  // A refused entry that its writer gives up.
  async discard(id) {
    const edits = (await this.store.all("edits")).filter((edit) => edit.entry === id);
    const changes = edits.map((edit) => ({ store: "edits", id: edit.id, remove: true }));
    if (edits.some((edit) => !edit.base)) changes.push({ store: "entries", id, remove: true });
    const photos = (await this.store.all("photos")).filter((photo) => photo.entry === id);
    changes.push(...photos.map((photo) => ({ store: "photos", id: photo.id, remove: true })));
    await this.store.write(changes);
  }

  async programmes() {
    return (await this.store.sealed("programmes")) ?? [];
  }

  async programme(slug) {
    return (await this.programmes()).find((programme) => programme.slug === slug);
  }

  // Everything to be shown of one programme: the newest first, each with what stands between it and the server.
  async list(slug) {
    const [entries, edits, photos] = await Promise.all(["entries", "edits", "photos"].map((name) => this.store.all(name)));
    const shown = entries
      .filter((entry) => entry.programme === slug)
      .map((entry) => {
        const own = edits.filter((edit) => edit.entry === entry.id);
        const errors = own.find((edit) => edit.errors)?.errors;
        return { ...entry, waiting: own.length > 0, errors };
      })
      .sort((one, other) => other.logged_at.localeCompare(one.logged_at));
    const today = dayAt((await this.programme(slug))?.zone ?? "UTC");
    const counted = shown.filter((entry) => !entry.withdrawn);
    return {
      entries: shown,
      today: counted.filter((entry) => (entry.content.held_on ?? entry.day) === today).length,
      total: counted.length,
      waiting: new Set(edits.filter((edit) => !edit.errors).map((edit) => edit.entry)).size,
      refused: new Set(edits.filter((edit) => edit.errors).map((edit) => edit.entry)).size,
      photos: photos.length,
    };
  }
}

function bare(record) {
  if (!record) return {};
  const { iv: _iv, sealed: _sealed, user: _user, ...rest } = record;
  return rest;
}
