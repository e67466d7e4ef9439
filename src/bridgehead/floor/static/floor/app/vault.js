// What is kept on the phone is encrypted with a key that the server hands out and the browser will not give away again.
// AES-GCM with a new initialisation vector for every writing; the record's own name is authenticated with it, so that
// no record can be put in the place of another.

const bytes = new TextEncoder();
const letters = new TextDecoder();

export async function importKey(base64) {
  const raw = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

export async function seal(key, name, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = value instanceof ArrayBuffer ? value : bytes.encode(JSON.stringify(value));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bytes.encode(name) }, key, plain);
  return { iv, sealed };
}

export async function openBytes(key, name, { iv, sealed }) {
  return crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: bytes.encode(name) }, key, sealed);
}

export async function open(key, name, record) {
  return JSON.parse(letters.decode(await openBytes(key, name, record)));
}
