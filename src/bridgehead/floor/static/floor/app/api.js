// What the app says to the server. Every answer is one of: fine, signed out, or not heard (no network, server restarting).

export class SignedOut extends Error {
  constructor(forget) {
    super("signed out");
    this.forget = forget;
  }
}

export class Unheard extends Error {}

// Refused for good: sending it again would not help.
export class Refused extends Error {}

const PATIENCE = 30000;

// The cookie always has the current token: signing in again has changed it.
function token() {
  return document.cookie.split("; ").find((pair) => pair.startsWith("csrftoken="))?.slice("csrftoken=".length) ?? "";
}

async function post(url, body, headers = {}) {
  let response;
  try {
    response = await fetch(url, {
      method: "POST",
      body,
      headers: { ...headers, "X-CSRFToken": token(), Accept: "application/json" },
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    throw new Unheard();
  }
  if (response.status === 401) throw new SignedOut((await response.json().catch(() => ({}))).forget === true);
  if (response.status === 422 || response.status === 404) throw new Refused();
  if (!response.ok) throw new Unheard();
  return response.json().catch(() => {
    throw new Unheard();
  });
}

export class Api {
  constructor(words) {
    this.urls = words;
  }

  hello(said) {
    return post(this.urls.hello, JSON.stringify(said), { "Content-Type": "application/json" });
  }

  sync(said) {
    return post(this.urls.sync, JSON.stringify(said), { "Content-Type": "application/json" });
  }

  photo(photo, bytes) {
    const form = new FormData();
    form.set("entry", photo.entry);
    form.set("taken_at", photo.at);
    form.set("file", new File([bytes], "photo.jpg", { type: "image/jpeg" }));
    return post(this.urls.photo.replace("00000000-0000-0000-0000-000000000000", photo.id), form);
  }
}
