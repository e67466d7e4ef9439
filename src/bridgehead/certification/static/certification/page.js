// The page around verify.js: files or text in, an answer out. It writes text only, never HTML of a stranger's file.
// Also part of the page that people save (standalone.py), which carries both languages and the issuers' keys.
import { verify } from "./verify.js";

const page = JSON.parse(document.querySelector("#checker").textContent);
const form = document.querySelector("#verify");
const answer = document.querySelector("#answer");
let language = page.language;
let last = null;

const say = (name) => page.words[language][name] ?? name;

function add(parent, kind, text = "", attributes = {}) {
  const element = document.createElement(kind);
  element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  parent.append(element);
  return element;
}

// A site of ours that is tried on the own machine has no https.
async function fetchText(address) {
  const url = new URL(address);
  const own = url.host === location.host ? location.protocol : null;
  if (own || ["localhost", "127.0.0.1"].includes(url.hostname)) url.protocol = own ?? "http:";
  const response = await fetch(url, { cache: "no-store", credentials: "omit" });
  if (!response.ok) throw new Error(String(response.status));
  return response.text();
}

// As people write it, in the time of whoever reads; what is no moment is shown as it stands.
function moment(value) {
  const read = new Date(value);
  return Number.isNaN(read.getTime()) ? value : read.toLocaleString(language, { dateStyle: "long", timeStyle: "short" });
}

function isPublished(text) {
  try {
    const read = JSON.parse(text);
    const about = read.verificationMethod || [read.type].flat().includes("BitstringStatusListCredential");
    return typeof read.id === "string" && about ? read.id : null;
  } catch { return null; }
}

function show() {
  answer.replaceChildren();
  if (!last) return;
  const { valid, reasons, document: found, fromSaved } = last;
  const box = add(answer, "section", "", { class: valid ? "checker-valid" : "checker-invalid" });
  add(box, "h2", say(valid ? "valid" : "invalid"), { tabindex: "-1" });
  add(box, "p", valid ? say("why_valid") : say("why_invalid"));
  const list = reasons.length ? add(box, "ul") : null;
  for (const { code, detail } of reasons) {
    const item = add(list, "li", say(code));
    const more = add(item, "details");
    add(more, "summary", say("technicians"));
    add(more, "code", detail ? `${code}: ${detail}` : code, { lang: "en" });
  }
  if (fromSaved) add(box, "p", `${say("saved_keys")} ${page.day}`);
  const facts = [
    ["title", found?.name], ["issuer", found?.issuer?.name], ["did", found?.issuer?.id ?? found?.issuer],
    ["holder", found?.credentialSubject?.issuedToParty?.name ?? found?.credentialSubject?.identifier?.[0]?.identityHash],
    ["scope", found?.description], ["from", moment(found?.validFrom)], ["until", moment(found?.validUntil)],
  ].filter(([, value]) => typeof value === "string");
  if (!facts.length) return;
  add(answer, "h3", say(valid ? "says" : "claims"));
  const shown = add(answer, "dl", "", { class: "checker-facts" });
  for (const [name, value] of facts) { add(shown, "dt", say(name)); add(shown, "dd", value.slice(0, 400)); }
}

async function check(texts) {
  const known = new Map();
  let asked = null;
  for (const text of texts) {
    const address = isPublished(text);
    if (address) known.set(address, text); else asked = text;
  }
  const means = {
    known,
    saved: new Map(Object.entries(page.saved)),
    trusted: form.querySelector("#trusted").value.split(/\s+/).filter(Boolean),
    fetchText: form.querySelector("#online").checked ? fetchText : null,
  };
  answer.setAttribute("aria-busy", "true");
  last = await verify(asked ?? "", means);
  answer.removeAttribute("aria-busy");
  show();
  answer.querySelector("h2").focus();
}

async function gather(files) {
  const texts = await Promise.all([...files].map((file) => file.text()));
  const typed = form.querySelector("#pasted").value.trim();
  return typed ? [...texts, typed] : texts;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  await check(await gather(form.querySelector("#files").files));
});

const zone = form.querySelector("#zone");
for (const name of ["dragenter", "dragover"]) {
  zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("checker-over"); });
}
for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("checker-over"));
zone.addEventListener("drop", async (event) => {
  event.preventDefault();
  form.querySelector("#files").value = "";
  await check(await gather(event.dataTransfer.files));
});

for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => {
    language = button.dataset.language;
    document.documentElement.lang = language;
    for (const other of document.querySelectorAll("[data-language]")) other.setAttribute("aria-pressed", String(other === button));
    for (const element of document.querySelectorAll("[data-say]")) element.textContent = say(element.dataset.say);
    document.title = say("heading");
    show();
  });
}
