// Verifies a credential signed with eddsa-jcs-2022 in the browser: no server of ours, no library. ES module.
// verify(text, {known, trusted, fetchText, saved, now}) → {valid, reasons: [{code, detail}], document, fromSaved}.
// `known`: address or id → text of a document, used first; `saved`: the same, for when it cannot be fetched. The codes are
// those of our verifier in Python (engines/credentials/reasons.py).

const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const LONGEST = 2_000_000;
const LIST_BITS = 131072;
const LIST_BYTES = 16 * 1024 * 1024;

export class Refused extends Error {
  constructor(code, detail = "") {
    super(detail ? `${code}: ${detail}` : code);
    this.code = code;
    this.detail = detail;
  }
}

export function base58(text) {
  const bytes = [];
  for (const letter of text) {
    let carry = BASE58.indexOf(letter);
    if (carry < 0) throw new Refused("key", "not base58");
    for (let place = 0; place < bytes.length; place += 1) {
      carry += bytes[place] * 58;
      bytes[place] = carry & 255;
      carry >>= 8;
    }
    while (carry) { bytes.push(carry & 255); carry >>= 8; }
  }
  for (const letter of text) { if (letter !== "1") break; bytes.push(0); }
  return new Uint8Array(bytes.reverse());
}

// RFC 8785. JSON.stringify writes texts and numbers as the standard asks; names are sorted by UTF-16 code units.
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}

// JSON.parse keeps the last of two equal names in silence, and a forger could hide behind that: here it is refused.
export function strictParse(text) {
  if (text.length > LONGEST) throw new Refused("too-large");
  let value;
  try { value = JSON.parse(text); } catch { throw new Refused("not-json"); }
  const stack = [];
  const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|-?\d[\d.eE+-]*|true|false|null/g;
  let last = null;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const mark = found[0];
    if (mark === "{") stack.push(new Set());
    else if (mark === "[") stack.push(null);
    else if (mark === "}" || mark === "]") stack.pop();
    else if (mark === ":" && stack.at(-1)) {
      const name = JSON.parse(last);
      if (stack.at(-1).has(name)) throw new Refused("duplicate-key", name);
      stack.at(-1).add(name);
    } else if (/^-?\d/.test(mark) && Math.abs(Number(mark)) > Number.MAX_SAFE_INTEGER) throw new Refused("number");
    if (stack.length > 64) throw new Refused("too-deep");
    last = mark;
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new Refused("not-json");
  return value;
}

const bytesOf = (text) => new TextEncoder().encode(text);
const digest = async (value) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytesOf(canonical(value))));
const idOf = (value) => (value && typeof value === "object" ? value.id : value);
const listOf = (value) => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

function publicKey(multibase) {
  const bytes = base58(String(multibase).replace(/^z/, ""));
  if (!String(multibase).startsWith("z") || bytes.length !== 34 || bytes[0] !== 0xed || bytes[1] !== 1) throw new Refused("key");
  return bytes.slice(2);
}

export function webAddress(did) {
  const [host, ...path] = did.slice("did:web:".length).split(":");
  return `https://${decodeURIComponent(host)}/${path.length ? path.join("/") : ".well-known"}/did.json`;
}

async function find(means, ...addresses) {
  for (const address of addresses) if (means.known.has(address)) return means.known.get(address);
  if (means.fetchText) {
    try { return await means.fetchText(addresses.at(-1)); } catch { /* what was saved has to do */ }
  }
  for (const address of addresses) {
    if (means.saved.has(address)) { means.fromSaved = true; return means.saved.get(address); }
  }
  throw new Refused("unresolved", addresses.at(-1));
}

async function keyOf(method, means) {
  const [controller, fragment] = method.split("#");
  if (!fragment) throw new Refused("proof", "names no key");
  if (controller.startsWith("did:key:")) {
    if (controller !== `did:key:${fragment}`) throw new Refused("controller");
    return { controller, key: publicKey(fragment) };
  }
  const addresses = controller.startsWith("did:web:") ? [controller, webAddress(controller)] : [controller];
  const document = strictParse(await find(means, ...addresses));
  if (document.id !== controller) throw new Refused("controller", "the document is about another");
  const entries = listOf(document.verificationMethod).filter((entry) => entry.id === method || entry.id === `#${fragment}`);
  if (entries.length !== 1 || entries[0].controller !== controller) throw new Refused("controller", "no such key");
  if (entries[0].revoked && new Date(entries[0].revoked) <= means.now) throw new Refused("key-revoked");
  if (entries[0].expires && new Date(entries[0].expires) <= means.now) throw new Refused("key-expired");
  const allowed = listOf(document.assertionMethod).map(idOf);
  if (!allowed.includes(method) && !allowed.includes(`#${fragment}`)) throw new Refused("purpose");
  return { controller, key: publicKey(entries[0].publicKeyMultibase) };
}

// Browsers before 2025 may lack Ed25519, and none offers cryptography to a page that came over plain http.
async function imported25519(key) {
  try { return await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]); } catch { throw new Refused("browser"); }
}

async function checkProofs(document, means) {
  const proofs = listOf(document.proof);
  if (!proofs.length) throw new Refused("no-proof");
  if (proofs.length > 8) throw new Refused("proof", "more than 8");
  const { proof: _all, ...unsecured } = document;
  for (const proof of proofs) {
    if (proof.type !== "DataIntegrityProof" || proof.cryptosuite !== "eddsa-jcs-2022") throw new Refused("suite");
    if (proof.proofPurpose !== "assertionMethod") throw new Refused("purpose");
    if (proof.previousProof) throw new Refused("previous-proof", "not supported here");
    if (proof.expires && new Date(proof.expires) <= means.now) throw new Refused("proof-expired");
    if (proof["@context"] && canonical(proof["@context"]) !== canonical(document["@context"])) throw new Refused("context-changed");
    const { proofValue, ...options } = proof;
    const { controller, key } = await keyOf(String(proof.verificationMethod), means);
    if (controller !== idOf(document.issuer)) throw new Refused("issuer-key");
    const signed = new Uint8Array([...(await digest(options)), ...(await digest(unsecured))]);
    const imported = await imported25519(key);
    const signature = base58(String(proofValue).replace(/^z/, ""));
    if (signature.length !== 64 || !(await crypto.subtle.verify("Ed25519", imported, signature, signed))) throw new Refused("signature");
  }
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function checkPeriod(document, now) {
  for (const name of ["validFrom", "validUntil"]) {
    const value = document[name];
    if (value !== undefined && (!MOMENT.test(value) || Number.isNaN(Date.parse(value)))) throw new Refused("model", name);
  }
  if (document.validFrom && new Date(document.validFrom) > now) throw new Refused("not-yet-valid");
  if (document.validUntil && new Date(document.validUntil) < now) throw new Refused("expired");
}

async function bitsOf(encoded) {
  const text = atob(String(encoded).slice(1).replaceAll("-", "+").replaceAll("_", "/"));
  const packed = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  const parts = [];
  for (let size = 0, part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length;
    if (size > LIST_BYTES) throw new Refused("status-unreadable", "too large");
    parts.push(part.value);
  }
  const bits = new Uint8Array(await new Blob(parts).arrayBuffer());
  if (bits.length * 8 < LIST_BITS) throw new Refused("status-unreadable", "too short");
  return bits;
}

const MEANING = { revocation: "revoked", suspension: "suspended" };
const NEWS = ["revoked", "suspended", "status-set", "status-issuer"];

async function checkStatus(document, means) {
  const entries = listOf(document.credentialStatus);
  if (entries.length > 8) throw new Refused("status-unreadable", "more than 8 entries");
  for (const entry of entries) {
    try { await checkEntry(entry, document, means); } catch (error) {
      if (error instanceof Refused && NEWS.includes(error.code)) throw error;
      throw new Refused("status-unreadable", `${entry?.statusListCredential} (${error.message})`);
    }
  }
}

async function checkEntry(entry, document, means) {
  const { statusListCredential: url, statusPurpose: purpose, statusListIndex: index } = entry;
  if (!listOf(entry.type).includes("BitstringStatusListEntry") || !/^\d{1,15}$/.test(index)) throw new Refused("model", "not an entry");
  if ((entry.statusSize ?? 1) !== 1) throw new Refused("model", "more than one bit each");
  const list = strictParse(await find(means, url));
  const subject = list.credentialSubject ?? {};
  if (idOf(list.issuer) !== idOf(document.issuer)) throw new Refused("status-issuer", String(idOf(list.issuer)));
  if (list.id !== url || !listOf(subject.statusPurpose).includes(purpose)) throw new Refused("model", "another list");
  if (!listOf(list.type).includes("BitstringStatusListCredential") || subject.type !== "BitstringStatusList") {
    throw new Refused("model", "not a status list");
  }
  if (list.credentialStatus !== undefined) throw new Refused("model", "the list has a status itself");
  await checkProofs(list, means);
  checkPeriod(list, means.now);
  const bits = await bitsOf(subject.encodedList);
  const place = Number(index);
  if (place >= bits.length * 8) throw new Refused("model", "no such position");
  if (bits[place >> 3] & (0x80 >> place % 8)) throw new Refused(MEANING[purpose] ?? "status-set", purpose);
}

function checkModel(document) {
  if (!listOf(document.type).includes("VerifiableCredential")) throw new Refused("model", "not a credential");
  if (listOf(document["@context"])[0] !== "https://www.w3.org/ns/credentials/v2") throw new Refused("model", "context");
  if (typeof idOf(document.issuer) !== "string") throw new Refused("model", "issuer");
}

function checkTrust(document, means) {
  if (!means.trusted.includes(idOf(document.issuer))) throw new Refused("untrusted", String(idOf(document.issuer)));
}

const CHECKS = [checkModel, checkProofs, checkTrust, (document, means) => checkPeriod(document, means.now), checkStatus];

// Every check is made, so that a person reads all that is wrong at once.
export async function verify(text, { known = new Map(), trusted = [], fetchText = null, saved = new Map(), now = new Date() } = {}) {
  const means = { known, trusted, fetchText, saved, now, fromSaved: false };
  const reasons = [];
  const note = (error) => reasons.push(
    error instanceof Refused ? { code: error.code, detail: error.detail } : { code: "unexpected", detail: String(error.message) },
  );
  let document = null;
  try { document = strictParse(text); } catch (error) { note(error); }
  for (const check of document ? CHECKS : []) {
    try { await check(document, means); } catch (error) { note(error); }
  }
  return { valid: reasons.length === 0, reasons, document, fromSaved: means.fromSaved };
}
