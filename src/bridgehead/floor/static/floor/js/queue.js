// Entries on their way: kept in this browser until the server has confirmed them, each under the id it was made with.
// The server knows an id it has seen, so sending one twice is harmless.

const PREFIX = "floor-queue:";

export class Queue {
  constructor(name) {
    this.key = PREFIX + name;
  }

  all() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) ?? [];
    } catch {
      return [];
    }
  }

  // Returns whether the browser took it (private windows and full storage refuse).
  write(entries) {
    try {
      localStorage.setItem(this.key, JSON.stringify(entries));
      return true;
    } catch {
      return false;
    }
  }

  put(entry) {
    return this.write([...this.all().filter((other) => other.id !== entry.id), entry]);
  }

  drop(id) {
    return this.write(this.all().filter((other) => other.id !== id));
  }

  mark(id, state) {
    return this.write(this.all().map((entry) => (entry.id === id ? { ...entry, state } : entry)));
  }
}

// crypto.randomUUID exists on https and localhost only; a demo on the office network has neither.
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
