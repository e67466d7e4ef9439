// Forms that save themselves. Nothing typed is ever lost: every keystroke is kept in this browser first, and let go
// only when the server has confirmed exactly those values.
//
// Where a form has a hidden `version`, the server merges by it: `version` is what this page began from, and stays so in
// the kept draft, so that a draft brought back a day later is still merged from the right ground.
import { forget, read, rebase, restore, same, valuesOf, write } from "./drafts.js";
import { freshToken } from "./token.js";

const PAUSE = 1200;
const RETRY = 15000;

class Autosave {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.autosaveUrl;
    this.key = form.dataset.autosaveKey || this.url;
    this.status = form.querySelector("[data-autosave-status]") || document.querySelector("[data-autosave-status]");
    // A form shown again with its errors holds what was typed, not what the server keeps.
    this.rejected = document.querySelector("[data-error-summary]") !== null;
    this.fromServer = valuesOf(form);
    this.confirmed = this.rejected ? [] : this.fromServer;
    this.timer = 0;
    this.running = false;
  }

  start() {
    this.bringBack();
    for (const kind of ["input", "change"]) this.form.addEventListener(kind, () => this.changed());
    this.form.addEventListener("submit", () => {
      freshToken(this.form);
      this.leave();
    });
    window.addEventListener("online", () => this.later(0));
    window.addEventListener("beforeunload", (event) => {
      if (this.unkept && !this.leaving) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.pending) this.save();
    });
  }

  get pending() {
    return !same(valuesOf(this.form), this.confirmed);
  }

  bringBack() {
    if (this.rejected) return this.changed();
    const draft = read(this.key);
    if (!draft) return;
    if (!restore(this.form, draft.values)) return forget(this.key);
    rebase(this.form, draft.values);
    this.say("restored", "", () => {
      rebase(this.form, this.fromServer);
      restore(this.form, this.fromServer);
      this.status.textContent = "";
      this.changed();
    });
    this.later(PAUSE, true);
  }

  changed() {
    this.unkept = !write(this.key, { values: valuesOf(this.form), at: new Date().toISOString() });
    this.later(PAUSE);
  }

  later(pause, quiet = false) {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.save(quiet), pause);
  }

  leave() {
    window.clearTimeout(this.timer);
    this.leaving = true;
    window.setTimeout(() => (this.leaving = false), RETRY);
  }

  async save(quiet = false) {
    if (this.running || this.leaving) return;
    if (!this.pending) return forget(this.key);
    this.running = true;
    if (!quiet) this.say("saving");
    const sent = valuesOf(this.form);
    try {
      await this.settle(await this.post(sent), sent, quiet);
    } catch {
      this.say("offline");
      this.later(RETRY);
    } finally {
      this.running = false;
    }
  }

  post(pairs) {
    const body = new URLSearchParams(pairs);
    const token = freshToken(this.form);
    const headers = { "X-CSRFToken": token, "X-Requested-With": "fetch", Accept: "application/json" };
    return fetch(this.url, { method: "POST", body, headers, keepalive: body.toString().length < 60000, redirect: "manual" });
  }

  async settle(response, sent, quiet) {
    if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) {
      this.say("signed-out");
      return this.later(RETRY * 4, true);
    }
    if (response.status === 409) return this.say("conflict");
    if (!response.ok) throw new Error(String(response.status));
    const answer = await response.json();
    this.confirmed = this.onFrom(answer.version, sent);
    this.unkept = false;
    this.form.dispatchEvent(new CustomEvent("autosaved", { detail: answer }));
    if (this.pending) return this.later(PAUSE);
    forget(this.key);
    if (!quiet) this.say("saved", time(answer.saved_at));
  }

  // The next save is merged from the version the server names; the values confirmed are the same.
  onFrom(version, sent) {
    if (!version || !this.form.elements.version) return sent;
    this.form.elements.version.value = String(version);
    return sent.map(([name, value]) => (name === "version" ? [name, String(version)] : [name, value]));
  }

  say(state, more = "", discard = null) {
    if (!this.status) return;
    const words = { "signed-out": "signedOut" }[state] ?? state;
    this.status.dataset.state = state;
    this.status.textContent = [this.status.dataset[words], more].filter(Boolean).join(" ");
    if (!discard) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = this.status.dataset.discard;
    button.addEventListener("click", discard, { once: true });
    this.status.append(button);
  }
}

function time(iso) {
  const moment = iso ? new Date(iso) : new Date();
  return [moment.getHours(), moment.getMinutes(), moment.getSeconds()].map((part) => String(part).padStart(2, "0")).join(":");
}

export function startAutosave() {
  for (const done of document.querySelectorAll("[data-autosave-done]")) forget(done.dataset.autosaveDone);
  for (const form of document.querySelectorAll("form[data-autosave-url]")) new Autosave(form).start();
}
