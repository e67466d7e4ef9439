// Files in parts. What has arrived stays at the server; a lost network goes on by itself, and after a reload the same file,
// chosen again, goes on where it stopped. Without this script the file travels with the form, as files always did.

const PART = 512 * 1024;
const RETRY = 4000;
const words = document.querySelector("template[data-upload-words]")?.dataset;

const megabytes = (bytes) => (bytes / 1048576).toFixed(1);
const pause = (time) =>
  new Promise((go) => {
    const timer = window.setTimeout(go, time);
    window.addEventListener("online", () => (window.clearTimeout(timer), go()), { once: true });
  });

class Refused extends Error {}

class FileUpload {
  constructor(input, form) {
    this.input = input;
    this.form = form;
    this.key = `upload:${form.dataset.uploadKey}:${input.dataset.question}`;
    this.place = document.createElement("div");
    this.place.className = "bh-upload";
    this.place.innerHTML = '<progress max="1" hidden></progress><p role="status"></p>';
    input.after(this.place);
    input.addEventListener("change", (event) => this.chosen(event));
    this.remind();
  }

  say(name, facts = {}, share = null) {
    const bar = this.place.querySelector("progress");
    bar.hidden = share === null;
    if (share !== null) bar.value = share;
    const text = Object.entries(facts).reduce((done, [word, fact]) => done.replace(`%(${word})s`, fact), words[name] ?? name);
    this.place.querySelector("p").textContent = text;
    this.place.classList.toggle("is-wrong", name === "refused");
  }

  remembered() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null;
    }
  }

  remember(entry) {
    try {
      if (entry) localStorage.setItem(this.key, JSON.stringify(entry));
      else localStorage.removeItem(this.key);
    } catch {
      // Storage is switched off: the upload only begins anew after a reload.
    }
  }

  async remind() {
    const entry = this.remembered();
    if (!entry) return;
    const answer = await fetch(entry.url, { headers: { Accept: "application/json" } }).catch(() => null);
    const state = answer?.ok ? await answer.json() : null;
    if (answer && !state) return this.remember(null);
    if (state?.stored) return this.finish(entry.url, state);
    if (state) this.say("resume", this.facts(state.name, state.received, state.size), state.received / state.size);
  }

  facts(name, done, size) {
    return { name, done: megabytes(done), size: megabytes(size) };
  }

  chosen(event) {
    const file = this.input.files[0];
    if (!file) return;
    event.stopPropagation();
    if (file.size > Number(this.input.dataset.largest)) {
      this.input.value = "";
      return this.refuse(this.input.dataset.tooLarge);
    }
    this.send(file);
  }

  refuse(text) {
    this.remember(null);
    this.input.setAttribute("aria-invalid", "true");
    this.say("refused");
    this.place.querySelector("p").textContent = text;
  }

  async send(file) {
    this.input.removeAttribute("aria-invalid");
    this.input.disabled = true;
    try {
      const begun = await this.begun(file);
      const state = await this.parts(file, begun.url, begun.received);
      this.finish(begun.url, state);
    } catch (error) {
      if (error instanceof Refused) this.refuse(error.message);
      else this.refuse((words.failed ?? "").replace("%(name)s", file.name));
    } finally {
      this.input.value = "";
      this.input.disabled = false;
    }
  }

  async begun(file) {
    const print = [file.name, file.size, file.lastModified].join("|");
    const entry = this.remembered();
    if (entry?.print === print) {
      const state = await this.ask(entry.url, {}, file, 0);
      if (state.status === 200) return { url: entry.url, received: state.body.received };
    }
    const body = new URLSearchParams({ question: this.input.dataset.question, name: file.name, size: String(file.size) });
    const { body: begun } = await this.ask(this.form.dataset.uploadUrl, { method: "POST", body }, file, 0);
    if (!begun.url) throw new Refused(begun.error);
    this.remember({ url: begun.url, print });
    return begun;
  }

  async parts(file, url, received) {
    let state = { received };
    do {
      this.say("sending", this.facts(file.name, state.received, file.size), state.received / file.size);
      const options = { method: "PATCH", body: file.slice(state.received, state.received + PART) };
      const headers = { "Upload-Offset": String(state.received), "Content-Type": "application/octet-stream" };
      const answer = await this.ask(url, { ...options, headers }, file, state.received);
      state = answer.body;
    } while (!state.stored);
    return state;
  }

  // Asks until there is an answer: a lost network and an expired session are waited out, nothing is given up.
  async ask(url, options, file, done) {
    for (;;) {
      const answer = await this.once(url, options);
      if (answer && (answer.ok || [404, 409].includes(answer.status))) {
        if (answer.status === 404 && options.method) throw new Error("gone");
        return { status: answer.status, body: answer.status === 404 ? {} : await answer.json() };
      }
      if (answer?.status === 422) throw new Refused((await answer.json()).error);
      const signedOut = [401, 403].includes(answer?.status);
      this.say(signedOut ? "signedOut" : "waiting", this.facts(file.name, done, file.size), done / file.size);
      await pause(RETRY);
    }
  }

  once(url, options) {
    const cookie = document.cookie.split("; ").find((pair) => pair.startsWith("csrftoken="));
    const token = cookie?.slice("csrftoken=".length) ?? this.form.elements.csrfmiddlewaretoken.value;
    const headers = { Accept: "application/json", "X-CSRFToken": token, ...options.headers };
    return fetch(url, { ...options, headers, redirect: "manual" }).catch(() => null);
  }

  finish(url, state) {
    this.remember(null);
    const name = `${this.input.name}.stored`;
    let field = this.form.querySelector(`input[name="${CSS.escape(name)}"]`);
    if (!field) {
      field = document.createElement("input");
      Object.assign(field, { type: "hidden", name });
      this.place.append(field);
    }
    field.value = state.stored;
    this.say("arrived", { name: state.name });
    this.form.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

for (const form of words ? document.querySelectorAll("form[data-upload-url]") : []) {
  for (const input of form.querySelectorAll("input[type=file][data-question]")) new FileUpload(input, form);
}
