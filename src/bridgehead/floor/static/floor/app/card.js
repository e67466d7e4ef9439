// What a badge's or card's code says: vCard, MECARD, an address of a page, or plain text, read as far as it goes.

const FIELDS = { buyer_name: "", person: "", email: "", phone: "", country: "", url: "" };
// The calling codes of the countries buyers come from most; longer ones first.
const CALLING = {
  "+971": "AE", "+966": "SA", "+852": "HK", "+886": "TW", "+380": "UA", "+351": "PT", "+353": "IE", "+358": "FI",
  "+39": "IT", "+33": "FR", "+49": "DE", "+34": "ES", "+44": "GB", "+81": "JP", "+86": "CN", "+82": "KR", "+84": "VN",
  "+66": "TH", "+65": "SG", "+60": "MY", "+62": "ID", "+63": "PH", "+91": "IN", "+90": "TR", "+41": "CH", "+43": "AT",
  "+31": "NL", "+32": "BE", "+45": "DK", "+46": "SE", "+47": "NO", "+48": "PL", "+52": "MX", "+55": "BR", "+61": "AU",
  "+20": "EG", "+27": "ZA",
};

export function readCard(text) {
  const code = text.trim();
  if (/^BEGIN:VCARD/i.test(code)) return finish(vcard(code));
  if (/^MECARD:/i.test(code)) return finish(mecard(code));
  if (/^https?:\/\//i.test(code)) return finish({ url: code });
  if (/^mailto:/i.test(code)) return finish({ email: code.slice(7).split("?")[0] });
  return finish(lines(code));
}

function vcard(code) {
  const found = {};
  // A long line goes on in the next one after a space (RFC 6350, 3.2).
  for (const line of code.replace(/\r?\n[ \t]/g, "").split(/\r?\n/)) {
    const [, name, value] = /^(?:[\w-]+\.)?([\w-]+)(?:;[^:]*)?:(.*)$/.exec(line) ?? [];
    if (!name) continue;
    const said = plain(value);
    switch (name.toUpperCase()) {
      case "ORG": found.buyer_name ??= plain(value.split(/(?<!\\);/)[0]); break;
      case "FN": found.person ??= said; break;
      case "N": found.name ??= value.split(/(?<!\\);/).slice(0, 2).reverse().map(plain).join(" ").trim(); break;
      case "EMAIL": found.email ??= said; break;
      case "TEL": found.phone ??= said.replace(/^tel:/i, ""); break;
      case "URL": found.url ??= said; break;
    }
  }
  return { ...found, person: found.person ?? found.name };
}

function mecard(code) {
  const found = {};
  for (const part of code.slice(7).split(/(?<!\\);/)) {
    const [, name, value] = /^([A-Z-]+):(.*)$/is.exec(part) ?? [];
    if (!name) continue;
    const said = plain(value);
    switch (name.toUpperCase()) {
      case "ORG": found.buyer_name ??= said; break;
      case "N": found.person ??= said.split(",").reverse().join(" ").trim(); break;
      case "EMAIL": found.email ??= said; break;
      case "TEL": found.phone ??= said; break;
      case "URL": found.url ??= said; break;
    }
  }
  return found;
}

// A badge often has lines or fields in a row: an address is known by its look, the first other text is the name.
function lines(code) {
  const found = {};
  for (const part of code.split(/[\n;|\t]+/).map((piece) => piece.trim()).filter(Boolean)) {
    if (/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(part)) found.email ??= part;
    else if (/^\+?[\d\s().-]{7,}$/.test(part)) found.phone ??= part;
    else if (!found.buyer_name) found.buyer_name = part.slice(0, 200);
    else found.person ??= part;
  }
  return found;
}

function plain(text) {
  return text.replace(/\\n/gi, " ").replace(/\\(.)/g, "$1").trim();
}

function finish(found) {
  const card = { ...FIELDS, ...Object.fromEntries(Object.entries(found).filter(([, value]) => value)) };
  delete card.name;
  const number = card.phone.replace(/^00/, "+").replace(/[^\d+]/g, "");
  const code = Object.keys(CALLING).sort((a, b) => b.length - a.length).find((start) => number.startsWith(start));
  if (code) card.country = CALLING[code];
  if (!card.buyer_name) card.buyer_name = card.person || host(card.url) || card.email;
  return card;
}

function host(url) {
  try {
    return new URL(url).hostname.replace(/^www\./, "");
  } catch {
    return "";
  }
}

// As the contact field of the form keeps it.
export function contactOf(card) {
  const person = card.person === card.buyer_name ? "" : card.person;
  return [person, card.email, card.phone, card.url].filter(Boolean).join(", ").slice(0, 300);
}
