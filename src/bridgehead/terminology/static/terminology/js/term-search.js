// <term-search base="https://…" lang="ko|en">: the dictionary's search box for any page. No cookies, no dependencies.

const WORDS = {
  ko: { label: "용어 찾기", none: "찾은 용어가 없습니다.", failed: "지금은 찾을 수 없습니다. 잠시 뒤에 다시 입력하세요.", found: (n) => `${n}개 개념` },
  en: { label: "Look up a term", none: "No term found.", failed: "The dictionary cannot be reached. Try again in a moment.", found: (n) => `${n} concepts` },
};
const STYLE = `
:host { display: block; font: inherit; color: inherit; }
label { display: block; font-weight: 700; }
input { box-sizing: border-box; width: 100%; padding: .6em .8em; border: 1px solid #58616a; border-radius: 6px; font: inherit; color: inherit; background: Canvas; }
ul { list-style: none; margin: .5em 0 0; padding: 0; }
li { padding: .5em 0; border-bottom: 1px solid #cdd1d5; }
a { color: inherit; font-weight: 700; }
p { margin: .2em 0 0; }
small { opacity: .8; }`;
const DELAY = 120;

class TermSearch extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    this.words = WORDS[this.lang] ?? WORDS.en;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    const label = element("label", this.words.label);
    this.input = element("input");
    Object.assign(this.input, { type: "search", id: "q", autocomplete: "off", spellcheck: false, maxLength: 200 });
    label.htmlFor = "q";
    this.status = element("p");
    this.status.setAttribute("role", "status");
    this.list = element("ul");
    root.append(label, this.input, this.status, this.list);
    this.input.addEventListener("input", () => this.later());
  }

  get base() {
    return (this.getAttribute("base") ?? new URL(import.meta.url).origin).replace(/\/$/, "");
  }

  later() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.ask(this.input.value.trim()), DELAY);
  }

  // An answer that comes after a later question is thrown away.
  async ask(typed) {
    this.asking?.abort();
    this.asking = new AbortController();
    if (!typed) return this.show([], "");
    const address = `${this.base}/api/terms/search?q=${encodeURIComponent(typed)}&limit=8`;
    try {
      const answer = await fetch(address, { signal: this.asking.signal, credentials: "omit" });
      if (!answer.ok) throw new Error(answer.status);
      const { results } = await answer.json();
      this.show(results, results.length ? this.words.found(results.length) : this.words.none);
    } catch (error) {
      if (error.name !== "AbortError") this.show([], this.words.failed);
    }
  }

  show(results, status) {
    this.status.textContent = status;
    this.list.replaceChildren(...results.map((found) => this.item(found)));
  }

  item(found) {
    const item = element("li");
    const name = found.preferred[this.lang] ?? found.preferred.en ?? found.matches[0].term;
    const link = element("a", name);
    const code = found.id.split("/").map(encodeURIComponent).join("/");
    link.href = `${this.base}/${this.lang === "ko" ? "ko" : "en"}/dictionary/concepts/${code}/`;
    const others = Object.values(found.preferred).filter((term) => term !== name).join(" · ");
    item.append(link, " ", element("small", others), element("p", found.definition));
    return item;
  }
}

// textContent only: what the dictionary says is never taken for markup.
function element(name, text = "") {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

customElements.define("term-search", TermSearch);
